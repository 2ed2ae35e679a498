package dev.adit.translate.settings;

import dev.adit.routing.Hostname;
import dev.adit.routing.RequestPath;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Rewrite;
import java.util.Optional;

/** {@code rewrite}: another host, another path in place of the one that the rule names, or both. */
final class RewriteSetting implements PolicySetting {
    @Override
    public String name() {
        return "rewrite";
    }

    @Override
    public Optional<Rewrite> read(String text) {
        var slash = text.indexOf('/');
        var host = slash < 0 ? text : text.substring(0, slash);
        var path = slash < 0 ? "" : text.substring(slash);
        var isHost = host.isEmpty()
                || Hostname.parse(host).filter(Hostname.Exact.class::isInstance).isPresent();
        var isPath = path.isEmpty() || path.equals(RequestPath.normalize(path));
        return isHost && isPath && !text.isEmpty()
                ? Optional.of(new Rewrite(
                        Optional.of(host).filter(name -> !name.isEmpty()),
                        Optional.of(path).filter(one -> !one.isEmpty()).map(PathEdit.Prefix::new)))
                : Optional.empty();
    }

    @Override
    public String remedy() {
        return "use a path such as /v2, which takes the place of the path of the rule, a host such as web.internal, or both:"
                + " web.internal/v2";
    }

    @Override
    public boolean isGeneral() {
        return false;
    }
}
