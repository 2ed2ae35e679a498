package dev.adit.migrate;

import dev.adit.kube.Ingress;
import dev.adit.migrate.MigrationReport.Verdict;
import dev.adit.text.Visible;
import java.util.ArrayList;
import java.util.List;

/** A report for a terminal: a line an Ingress, what there is to know of it below, and one line about all of them. */
public final class MigrationText {
    private static final String ANNOTATION = "metadata.annotations[" + Ingress.INGRESS_NGINX;

    private MigrationText() {}

    /** All of it, by lines. */
    public static List<String> of(MigrationReport report) {
        var lines = new ArrayList<String>();
        var width = report.ingresses().stream()
                .mapToInt(one -> one.ingress().toString().length())
                .max()
                .orElse(0);
        for (var one : report.ingresses()) {
            lines.add(Visible.of(one.ingress().toString())
                    + " ".repeat(width - one.ingress().toString().length()) + "  " + one.verdict());
            one.findings().forEach(finding -> add(finding, lines));
        }
        if (!report.settings().isEmpty()) {
            lines.add("ConfigMap");
            report.settings().forEach(finding -> add(finding, lines));
        }
        if (!report.others().isEmpty()) {
            lines.add("Not served");
            report.others().forEach(finding -> add(finding, lines));
        }
        lines.add(summary(report));
        return lines;
    }

    private static void add(Finding finding, List<String> lines) {
        var word = switch (finding.kind()) {
            case NOTE -> "note    ";
            case DIFFERS -> "differs ";
            case OPEN_BEFORE -> "open    ";
            case REFUSED -> "refused ";
        };
        var first = true;
        for (var line : finding.text().lines().toList()) {
            lines.add(Visible.of(first ? "  " + word + place(finding.field()) + ": " + line : "            " + line));
            first = false;
        }
    }

    /** Annotations of ingress-nginx, which nearly all are, by their names alone. */
    private static String place(String field) {
        return field.startsWith(ANNOTATION) ? field.substring(ANNOTATION.length(), field.length() - 1) : field;
    }

    /** What to do about it, in a sentence or two. */
    private static String summary(MigrationReport report) {
        var all = report.ingresses().size();
        if (all == 0) {
            return "There is no Ingress for ingress-nginx.";
        }
        var exact = report.count(Verdict.EXACT);
        var refused = report.count(Verdict.REFUSED);
        var text = new StringBuilder(all + (all == 1 ? " Ingress: " : " Ingresses: "));
        text.append(exact == all ? "served as by ingress-nginx" : exact + " served as by ingress-nginx");
        if (exact < all) {
            text.append(", ")
                    .append(report.count(Verdict.DIFFERS))
                    .append(" otherwise, ")
                    .append(refused);
            text.append(" not before what is refused has been changed");
        }
        return text.append(". Serve them with: ")
                .append(String.join(" ", report.command()))
                .toString();
    }
}
