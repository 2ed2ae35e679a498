package dev.adit.http.codec;

import com.google.errorprone.annotations.CheckReturnValue;

/** Where the fields of a head are written: the bytes of HTTP/1, or a header section of HTTP/2. */
public interface FieldSink {
    /** Writes a field; false when its name or value is malformed, and nothing of it is written then. */
    @CheckReturnValue
    boolean field(CharSequence name, CharSequence value);

    /** Writes a field that Adit names; false when the value is malformed, and nothing of it is written then. */
    @CheckReturnValue
    boolean field(OwnField name, CharSequence value);
}
