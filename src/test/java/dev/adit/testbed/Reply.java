package dev.adit.testbed;

import io.vertx.core.MultiMap;

/** A whole response. */
public record Reply(int status, MultiMap fields, String body) {
    /** Of HTTP/1, with a body that needs no decoding. */
    static Reply parse(String text) {
        var end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("not a response: '" + text + "'");
        }
        var lines = text.substring(0, end).split("\r\n", -1);
        var fields = MultiMap.caseInsensitiveMultiMap();
        for (var i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            fields.add(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), fields, text.substring(end + 4));
    }

    /** A field that the response has once, or null. */
    public String field(String name) {
        return fields.get(name);
    }
}
