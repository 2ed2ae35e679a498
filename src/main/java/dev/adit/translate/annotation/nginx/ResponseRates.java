package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.ResponseRate;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;

/** How fast a response is sent. */
final class ResponseRates implements AnnotationFamily {
    private static final long KILOBYTE = 1_024;

    static final AnnotationKey<Integer> RATE = key(
            "limit-rate", "how many kilobytes of a response are sent in a second; `0`: as many as the client takes");
    static final AnnotationKey<Integer> AFTER =
            key("limit-rate-after", "how many kilobytes of a response are sent before `limit-rate` holds");

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(RATE, AFTER);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        int rate = of.get(RATE).orElse(0);
        if (rate > 0) {
            var after = Math.max(0, of.get(AFTER).orElse(0));
            into.add(new ResponseRate(rate * KILOBYTE, after * KILOBYTE));
        }
    }

    private static AnnotationKey<Integer> key(String name, String doc) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, GoValues.NUMBER, doc, "0", GoValues::integer);
    }
}
