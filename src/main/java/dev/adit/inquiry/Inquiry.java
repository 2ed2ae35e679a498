package dev.adit.inquiry;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;

/**
 * A request of our own, without a body.
 *
 * @param url with scheme {@code http} or {@code https} and a host
 */
public record Inquiry(String method, URI url, HttpHeaders fields) {}
