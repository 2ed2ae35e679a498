package dev.adit.http;

/** What happens to a path with an encoded slash or backslash. Applications disagree whether it separates elements. */
public enum EncodedSlashes {
    /** It passes as it is, and separates nothing here: registries, GitLab and RabbitMQ need it. */
    PASS,
    /** It is answered 400. */
    REJECT
}
