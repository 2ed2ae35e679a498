package dev.adit.downstream.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of the frames that a client sends, before Netty does, and ends the connection for those on a stream
 * that the client has ended or passed over (RFC 9113 §5.1, §5.1.1): Netty ignores them once the response is out. Frames
 * of a wrong size end it too (§4.2): Netty's own error is lost in Vert.x while requests are open. Stands in every pipeline,
 * and leaves it at the first byte that is not HTTP/2.
 */
public final class FrameGuard extends ChannelDuplexHandler {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int HEADER_BYTES = 9;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int MOST_PAYLOAD = 1 << 14; // what SETTINGS_MAX_FRAME_SIZE is where nobody says more
    private static final int END_HEADERS = 4;
    private static final int MOST_CONTINUATIONS = 16;
    // More than may be open at once: about older ones nothing is said.
    private static final int REMEMBERED = 256;
    private static final int FRAMES_AT_ONCE = 16;
    private static final int MANY_FRAMES = 256;
    private static final int[] NONE = {};
    private static final int ENDED = 1 << 31; // the bit that no identifier has

    private final byte[] header = new byte[HEADER_BYTES];
    private int[] seen = NONE;
    private int preface;
    private int headerBytes;
    private int payloadBytes;
    private int frameBytes;
    private int blockBytes;
    private int highest;
    private int continuations;
    private int at;
    private int frames; // in this turn
    private boolean givesWay;
    private boolean readsOn;
    private boolean missedRead;
    private @Nullable Deque<ByteBuf> later; // of few connections

    /** How many bytes have come that could not be passed on: a part of a frame or head, or more frames than are for one turn. */
    int heldBytes() {
        var waiting = later == null
                ? 0
                : later.stream().mapToInt(ByteBuf::readableBytes).sum();
        return waiting + blockBytes + headerBytes + (payloadBytes > 0 ? frameBytes - payloadBytes : 0);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes) || (preface < PREFACE.length() && !isPreface(bytes))) {
            context.pipeline().remove(this);
            context.fireChannelRead(message);
        } else if (givesWay) {
            wait(bytes, false); // what TLS had decrypted with what came before
        } else {
            pass(context, bytes);
        }
    }

    /** In parts: what comes after an error of one is never looked at. */
    private void pass(ChannelHandlerContext context, ByteBuf bytes) {
        if (isLater(context, bytes)) {
            return;
        }
        var error = scan(bytes, bytes.readerIndex() + skippedPreface(bytes));
        while (at < bytes.writerIndex()) {
            context.fireChannelRead(bytes.readRetainedSlice(at - bytes.readerIndex()));
            if (LingeringClose.isClosing(context)) {
                bytes.release(); // each frame of it would be one more error
                return;
            }
            if (isLater(context, bytes)) {
                return;
            }
            error = scan(bytes, at);
        }
        context.fireChannelRead(bytes);
        if (error != null) {
            refuse(context, error);
        }
    }

    /** Keeps bytes for the next turn, where this one has had its frames. */
    private boolean isLater(ChannelHandlerContext context, ByteBuf bytes) {
        if (frames < MANY_FRAMES) {
            return false;
        }
        wait(bytes, true);
        giveWay(context);
        return true;
    }

    private void wait(ByteBuf bytes, boolean isNext) {
        var waiting = later == null ? new ArrayDeque<ByteBuf>(2) : later;
        later = waiting;
        if (isNext) {
            waiting.addFirst(bytes);
        } else {
            waiting.addLast(bytes);
        }
    }

    /**
     * No more is read or passed on in this turn of the event loop. By the clock and not by a task, since the tasks of a
     * turn, of which Netty makes one for what is left to read, are all done in it.
     */
    private void giveWay(ChannelHandlerContext context) {
        givesWay = true;
        var config = context.channel().config();
        readsOn |= config.isAutoRead();
        config.setAutoRead(false);
        var _ = context.channel().eventLoop().schedule(() -> goOn(context), 0, TimeUnit.NANOSECONDS);
    }

    private void goOn(ChannelHandlerContext context) {
        givesWay = false;
        frames = 0;
        for (var next = next(context); next != null; next = next(context)) {
            pass(context, next);
        }
        if (context.isRemoved()) {
            return;
        }
        context.fireChannelReadComplete(); // which flushes
        if (givesWay) {
            return;
        }
        if (readsOn) {
            readsOn = false;
            context.channel().config().setAutoRead(true);
        }
        if (missedRead) {
            missedRead = false;
            context.read(); // as for the close of the connection, which reads by itself
        }
    }

    private @Nullable ByteBuf next(ChannelHandlerContext context) {
        return later == null || givesWay || LingeringClose.isClosing(context) ? null : later.pollFirst();
    }

    /** The end of what came in one turn. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!givesWay) {
            frames = 0;
        }
        context.fireChannelReadComplete();
    }

    /** What has not been passed on is nobody's any more. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (later != null) {
            later.forEach(ByteBuf::release);
            later = null;
        }
    }

    /** Netty's handler asks for more whenever nothing is read by itself. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (givesWay) {
            missedRead = true;
        } else {
            context.read();
        }
    }

    private static void refuse(ChannelHandlerContext context, Http2Error error) {
        var behind = context.pipeline().context(Http2ConnectionHandler.class);
        if (behind != null) {
            var handler = (Http2ConnectionHandler) behind.handler();
            // First: Vert.x fails over our streams, and the error code would be lost.
            LingeringClose.fail(context);
            // NO_SHUTDOWN has GOAWAY name the last stream that was served.
            handler.onError(
                    behind, false, new Http2Exception(error, text(error), Http2Exception.ShutdownHint.NO_SHUTDOWN));
        }
        context.pipeline().remove(FrameGuard.class);
    }

    private static String text(Http2Error error) {
        return switch (error) {
            case FRAME_SIZE_ERROR -> "a frame of a size that it cannot have";
            case ENHANCE_YOUR_CALM -> "a head in too many frames";
            default -> "a frame on a stream that cannot have it";
        };
    }

    private boolean isPreface(ByteBuf bytes) {
        for (var i = 0; i < bytes.readableBytes() && preface + i < PREFACE.length(); i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != PREFACE.charAt(preface + i)) {
                return false;
            }
        }
        return true;
    }

    private int skippedPreface(ByteBuf bytes) {
        var skipped = Math.min(PREFACE.length() - preface, bytes.readableBytes());
        preface += skipped;
        return skipped;
    }

    /** From there on, to where {@link #at} is then: to the end, or as many frames as are passed on at once. */
    private @Nullable Http2Error scan(ByteBuf bytes, int start) {
        at = start;
        for (var seenFrames = 0; at < bytes.writerIndex(); ) {
            if (payloadBytes == 0 && headerBytes == 0 && seenFrames++ == FRAMES_AT_ONCE) {
                return null;
            }
            if (payloadBytes > 0) {
                var skipped = Math.min(payloadBytes, bytes.writerIndex() - at);
                payloadBytes -= skipped;
                at += skipped;
                continue;
            }
            header[headerBytes++] = bytes.getByte(at++);
            if (headerBytes == HEADER_BYTES) {
                headerBytes = 0;
                payloadBytes = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
                frameBytes = payloadBytes;
                var error = frame();
                if (error != null) {
                    // It and what follows is nobody's any more; its beginning may have come before.
                    bytes.writerIndex(Math.max(bytes.readerIndex(), at - HEADER_BYTES));
                    return error;
                }
            }
        }
        return null;
    }

    private @Nullable Http2Error frame() {
        frames++;
        int type = header[3];
        continuations = type == CONTINUATION ? continuations + 1 : 0;
        if (type == HEADERS || type == CONTINUATION) {
            blockBytes = (header[4] & END_HEADERS) != 0 ? 0 : blockBytes + frameBytes;
        }
        if (continuations > MOST_CONTINUATIONS) {
            return Http2Error.ENHANCE_YOUR_CALM; // CVE-2024-27316
        }
        if (payloadBytes > MOST_PAYLOAD || isWrongSize(type)) {
            return Http2Error.FRAME_SIZE_ERROR;
        }
        if (type != HEADERS && type != DATA) {
            return null;
        }
        var id = (header[5] & 0x7f) << 24 | (header[6] & 0xff) << 16 | (header[7] & 0xff) << 8 | (header[8] & 0xff);
        return onStream(id, type == HEADERS, (header[4] & END_STREAM) != 0);
    }

    private boolean isWrongSize(int type) {
        return switch (type) {
            case RST_STREAM, WINDOW_UPDATE -> payloadBytes != 4;
            case SETTINGS -> payloadBytes % 6 != 0 || ((header[4] & ACK) != 0 && payloadBytes != 0);
            case PING -> payloadBytes != 8;
            case GOAWAY -> payloadBytes < 8;
            default -> false;
        };
    }

    private @Nullable Http2Error onStream(int id, boolean isHead, boolean isLast) {
        var slot = (id >> 1) % REMEMBERED;
        if (isHead && id > highest) {
            highest = id;
            if (seen.length == 0) {
                seen = new int[REMEMBERED]; // not for every connection of HTTP/1
            }
            seen[slot] = id;
        } else if (highest == 0) {
            return null; // Netty knows
        } else if (seen[slot] == (id | ENDED)) {
            return Http2Error.STREAM_CLOSED;
        } else if (isHead && (seen[slot] & ~ENDED) < id) {
            return Http2Error.PROTOCOL_ERROR;
        }
        if (seen[slot] == id && isLast) {
            seen[slot] = id | ENDED;
        }
        return null;
    }
}
