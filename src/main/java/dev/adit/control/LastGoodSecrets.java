package dev.adit.control;

import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.Secret.Content;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Remembers the last good key pair of every Secret that an Ingress names, so that one which breaks or goes takes nothing
 * from those who are served.
 */
public final class LastGoodSecrets implements UnaryOperator<KubeSnapshot> {
    private static final Secret.Authorities NO_AUTHORITIES = new Secret.Authorities.None();

    private final Map<ObjectKey, Content.KeyPair> good = new ConcurrentHashMap<>();

    @Override
    public KubeSnapshot apply(KubeSnapshot snapshot) {
        var named = named(snapshot);
        good.keySet().retainAll(named);
        return sound(snapshot, named);
    }

    /** The same for a snapshot of a few objects, which says nothing of all others. */
    public KubeSnapshot applyTo(KubeSnapshot part) {
        return sound(part, named(part));
    }

    /** One Secret with what it held before; any thread may ask. */
    public Optional<Secret> sound(ObjectKey key, Optional<Secret> now) {
        var pair = good.get(key);
        if (pair == null || (now.isPresent() && now.get().content() instanceof Content.KeyPair)) {
            return now;
        }
        var authorities = now.map(Secret::authorities).orElse(NO_AUTHORITIES);
        return Optional.of(new Secret(key, remembered(now.map(Secret::content), pair), authorities));
    }

    private KubeSnapshot sound(KubeSnapshot snapshot, Set<ObjectKey> named) {
        var kept = new HashMap<ObjectKey, Secret>();
        for (var key : named) {
            var secret = snapshot.find(Secret.KIND, key);
            if (secret.isPresent() && secret.get().content() instanceof Content.KeyPair pair) {
                good.put(key, pair);
            } else if (good.containsKey(key)) {
                sound(key, secret).ifPresent(one -> kept.put(key, one));
            }
        }
        return snapshot.with(kept.values());
    }

    private static Content remembered(Optional<Content> now, Content.KeyPair lastGood) {
        if (now.isPresent() && now.get() instanceof Content.Unread) {
            return lastGood; // nobody has said yet that it is not
        }
        return now.isPresent() && now.get() instanceof Content.Broken broken
                ? new Content.Broken(broken.field(), broken.message(), broken.isMismatch(), Optional.of(lastGood))
                : new Content.Gone(lastGood);
    }

    private static Set<ObjectKey> named(KubeSnapshot snapshot) {
        var named = new HashSet<ObjectKey>();
        snapshot.all(Ingress.KIND)
                .forEach(ingress -> ingress.tls()
                        .forEach(tls -> named.add(new ObjectKey(ingress.key().namespace(), tls.secretName()))));
        return named;
    }
}
