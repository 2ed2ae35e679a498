package dev.adit.translate.gateway.route;

import dev.adit.kube.HttpRoute;
import dev.adit.kube.HttpRoute.Filter;
import dev.adit.routing.Hostname;
import dev.adit.routing.policy.CrossOrigin;
import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.policy.RequestFields;
import dev.adit.routing.policy.ResponseFields;
import dev.adit.routing.policy.Rewrite;
import dev.adit.translate.PathSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the filters of an HTTPRoute. */
final class Filters {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String HTTPS = "https";

    private static final String HOST = "host"; // which URLRewrite is for

    private final int maxTarget;

    Filters(int maxTarget) {
        this.maxTarget = maxTarget;
    }

    /**
     * What they mean, but for mirrors.
     *
     * @param takesPrefixes whether all matches of the rule are for prefixes
     * @throws UnservedException where one cannot be honoured: no request may pass without it
     */
    List<Policy> read(List<Filter> filters, boolean takesPrefixes) {
        var policies = new ArrayList<Policy>();
        edit(filters, true).map(RequestFields::new).ifPresent(policies::add);
        edit(filters, false).map(ResponseFields::new).ifPresent(policies::add);
        for (var filter : filters) {
            switch (filter) {
                case Filter.Redirect redirect -> policies.add(redirect(redirect, takesPrefixes));
                case Filter.Rewrite rewrite -> policies.add(rewrite(rewrite, takesPrefixes));
                case Filter.Cors cors -> policies.add(cors(cors));
                case Filter.Other(var type) ->
                    throw new UnservedException("a filter of type '" + type + "' is not served; remove it");
                case Filter.Fields _, Filter.Mirror _ -> {}
            }
        }
        var kinds = policies.stream().map(Policy::getClass).distinct().count();
        if (kinds < policies.size()) {
            throw new UnservedException("each filter may be there once; remove the others");
        }
        if (policies.stream().anyMatch(Redirect.class::isInstance)
                && policies.stream().anyMatch(Rewrite.class::isInstance)) {
            throw new UnservedException("RequestRedirect and URLRewrite exclude each other; remove one of them");
        }
        return policies;
    }

    private static Optional<FieldEdit> edit(List<Filter> filters, boolean ofRequests) {
        return filters.stream()
                .flatMap(filter -> filter instanceof Filter.Fields fields && fields.ofRequests() == ofRequests
                        ? Optional.of(edit(fields)).stream()
                        : Optional.<FieldEdit>empty().stream())
                .reduce(FieldEdit::and)
                .filter(edit -> !edit.isEmpty());
    }

    private static FieldEdit edit(Filter.Fields fields) {
        return new FieldEdit(
                fields.remove().stream().map(Filters::name).toList(),
                fields.set().stream().map(Filters::field).toList(),
                fields.add().stream().map(Filters::field).toList());
    }

    private static FieldEdit.Field field(HttpRoute.Field field) {
        var value = FieldValue.of(field.value().strip())
                .orElseThrow(() -> new UnservedException(
                        "the value of the field " + field.name() + " has to be visible ASCII; correct it"));
        return new FieldEdit.Field(name(field.name()), value);
    }

    private static FieldName name(String text) {
        return FieldName.of(text)
                .filter(name -> !name.isOfOneHop() && !name.text().equals(HOST))
                .orElseThrow(() -> new UnservedException("the field '" + text
                        + "' cannot be edited, since it frames messages, belongs to one hop, or is none; remove it"));
    }

    private Redirect redirect(Filter.Redirect filter, boolean takesPrefixes) {
        if (!REDIRECTS.contains(filter.status())) {
            throw new UnservedException(filter.status() + " is not the status of a redirect; use 301 or 302");
        }
        var scheme = Optional.of(filter.scheme()).filter(text -> !text.isEmpty());
        if (scheme.filter(text -> !text.equals("http") && !text.equals(HTTPS)).isPresent()) {
            throw new UnservedException("the scheme '" + filter.scheme() + "' is unknown; use http or https");
        }
        return new Redirect(
                scheme, host(filter.hostname()), filter.port(), path(filter.path(), takesPrefixes), filter.status());
    }

    private static CrossOrigin cors(Filter.Cors filter) {
        return new CrossOrigin(
                values(filter.origins()),
                values(filter.methods()),
                values(filter.headers()),
                values(filter.exposed()),
                filter.allowsCredentials(),
                filter.maxAge());
    }

    private static List<FieldValue> values(List<String> texts) {
        return texts.stream()
                .map(text -> FieldValue.of(text)
                        .orElseThrow(() -> new UnservedException(
                                "'" + text + "' cannot be said in a field; it has to be visible ASCII")))
                .toList();
    }

    private Rewrite rewrite(Filter.Rewrite filter, boolean takesPrefixes) {
        return new Rewrite(host(filter.hostname()), path(filter.path(), takesPrefixes));
    }

    private static Optional<String> host(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Hostname.parse(text)
                .filter(Hostname.Exact.class::isInstance)
                .map(Hostname::text)
                .or(() -> {
                    throw new UnservedException("'" + text + "' is not the name of a host; correct it");
                });
    }

    private Optional<PathEdit> path(Optional<HttpRoute.PathModifier> modifier, boolean takesPrefixes) {
        return modifier.map(one -> switch (one.type()) {
            case "ReplaceFullPath" -> new PathEdit.Full(valid(one.value()));
            case "ReplacePrefixMatch" -> {
                if (!takesPrefixes) {
                    throw new UnservedException("ReplacePrefixMatch is for matches of type PathPrefix alone");
                }
                yield new PathEdit.Prefix(valid(one.value()));
            }
            default -> throw new UnservedException("'" + one.type() + "' is no way to replace a path");
        });
    }

    private String valid(String path) {
        return switch (PathSyntax.of(path.isEmpty() ? "/" : path, maxTarget)) {
            case PathSyntax.Valid(var normal) -> normal;
            case PathSyntax.Invalid(var why) -> throw new UnservedException("the new path " + why);
        };
    }
}
