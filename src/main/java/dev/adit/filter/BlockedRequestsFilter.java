package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.routing.MapPattern;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.policy.BlockedRequests;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;

/** Lets no requests through of those that nobody wants. */
final class BlockedRequestsFilter implements Filter {
    private final List<MapPattern> agents;
    private final List<MapPattern> referers;

    BlockedRequestsFilter(BlockedRequests policy) {
        agents = patterns(policy.agents());
        referers = patterns(policy.referers());
    }

    private static List<MapPattern> patterns(List<String> written) {
        return written.stream().flatMap(text -> MapPattern.of(text).stream()).toList();
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        try {
            var fields = request.fields();
            if (!isBlocked(agents, fields.getAll(HttpHeaderNames.USER_AGENT))
                    && !isBlocked(referers, fields.getAll(HttpHeaderNames.REFERER))) {
                return Step.PROCEED;
            }
            request.answer(Answer.of(Refusal.FORBIDDEN));
        } catch (RegexBudget.SpentException _) {
            request.answer(Answer.of(Refusal.EXPRESSION_TOO_COSTLY));
        }
        return Step.ANSWERED;
    }

    private static boolean isBlocked(List<MapPattern> blocked, List<String> said) {
        // Nothing is said by an empty text, as in nginx.
        var texts = said.isEmpty() ? List.of("") : said;
        return blocked.stream().anyMatch(one -> texts.stream().anyMatch(text -> one.matches(text, new RegexBudget())));
    }
}
