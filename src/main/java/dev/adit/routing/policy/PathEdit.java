package dev.adit.routing.policy;

/** Another path in place of the one that a request came with. The query stays. */
public sealed interface PathEdit {
    /** This path, whatever the request's was. */
    record Full(String path) implements PathEdit {}

    /** This path in place of the prefix that the route matched; what follows the prefix stays. */
    record Prefix(String path) implements PathEdit {}

    /** This text, in which {@code $1} to {@code $9} stand for the groups of the route's regular expression. */
    record Groups(String template) implements PathEdit {}

    /** The same for paths that go on with a slash behind what the expression describes; all others stay. */
    record GroupsBelow(String template) implements PathEdit {}
}
