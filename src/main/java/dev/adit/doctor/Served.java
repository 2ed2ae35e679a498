package dev.adit.doctor;

import dev.adit.kube.KubeSnapshot;
import dev.adit.translate.Translation;
import java.util.List;
import java.util.Map;

/**
 * What the cluster asks Adit to serve.
 *
 * @param ingressClass the name of the class
 * @param hosts the addresses that clients find for each host; none where the name is unknown
 */
public record Served(
        KubeSnapshot snapshot, Translation translation, String ingressClass, Map<String, List<String>> hosts) {}
