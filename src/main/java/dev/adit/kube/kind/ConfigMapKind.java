package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.key;
import static dev.adit.kube.kind.Fields.map;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.ConfigMap;
import dev.adit.kube.Secret;
import dev.adit.kube.api.ConfigMapObject;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ConfigMap of the core API, which an IngressClass or an Ingress may name. */
final class ConfigMapKind {
    static final ServedKind<ConfigMapObject, ConfigMap> SERVED = ServedKind.of(
                    ConfigMap.KIND,
                    ConfigMapObject.class,
                    ConfigMapObject::new,
                    ServedKind.Place.OWN,
                    source -> Optional.of(read(source)),
                    ConfigMapKind::write)
            .byName(ConfigMap::unread);

    private ConfigMapKind() {}

    static ConfigMap read(ConfigMapObject source) {
        var entries = new HashMap<String, String>();
        map(source.data()).forEach((name, value) -> entries.put(name, text(value)));
        return new ConfigMap(
                key(source),
                text(source.getMetadata().getUid()),
                entries,
                authorities(entries.get(Authorities.FIELD)),
                true);
    }

    private static Secret.Authorities authorities(@Nullable String bundle) {
        return bundle == null ? new Secret.Authorities.None() : Authorities.read(() -> bundle);
    }

    private static ObjectNode write(ConfigMap source) {
        var json = object(source, source.uid());
        source.entries().forEach(json.putObject("data")::put);
        return json;
    }
}
