package dev.adit.exchange;

import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Framing;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;

/**
 * The endpoint's end of one exchange, in whatever version of HTTP the endpoint speaks: a whole connection of HTTP/1, or
 * one stream of HTTP/2. All of it on one event loop.
 */
public interface Upstream {
    /**
     * Sends the head of the request, in the canonical form of the endpoint's version.
     *
     * @return false when a field is malformed; nothing has been sent then
     */
    boolean head(HttpRequest request, RequestHead head, Framing framing, Client client);

    /** Sends a part of the request's body, which belongs to this end from now on. */
    void content(HttpContent part);

    void flush();

    /** Whether the endpoint takes more of the request at once. */
    boolean isWritable();

    /** How many bytes of the request have been written, and have not left yet. */
    long unsent();

    /** Whether more of the response is wanted now. */
    void reading(boolean on);

    /**
     * The exchange is over.
     *
     * @param whole whether both messages have been sent and received whole, so that the connection can carry another one
     */
    void end(boolean whole);

    /** The exchange is over before its time: the endpoint hears at once that nobody wants its response. */
    void abort();

    /**
     * Leaves HTTP, after the endpoint has switched protocols: from now on bytes pass between its connection and the
     * client's. Only of HTTP/1.
     *
     * @param client what the client sends comes from there, once the decoder of HTTP/1 is gone
     * @param memory counts what the endpoint does not take
     * @param whose the client
     */
    void join(ChannelHandlerContext client, MemoryBudget memory, Owner whose);

    /** What an endpoint does in one exchange. */
    interface Events {
        /**
         * The head of a response, interim or final.
         *
         * @param ended whether nothing follows it, as HTTP/2 says with the head itself
         */
        void head(HttpResponse response, boolean ended);

        /** A part of the response's body, which belongs to the receiver. */
        void content(HttpContent part);

        /** What has come so far has been handed over: a good moment to flush. */
        void readComplete();

        void writable(boolean on);

        /**
         * The tunnel that {@link Upstream#join} began has ended at both sides.
         *
         * @param sent how many bytes the client has sent through it
         * @param received how many bytes the endpoint has sent through it
         */
        void tunnelEnded(long sent, long received);

        /** Ends what has taken too long, as of {@link System#nanoTime}. */
        void sweep(long now);

        /** Nothing more will come; none of the other calls follows. */
        void closed(Closed how);
    }

    /** How an exchange ended that was not over, by whether the endpoint can have acted on the request. */
    enum Closed {
        /** A connection that had been used before was closed: the endpoint may not have seen the request. */
        MAYBE_UNSEEN,
        /** The endpoint says that it has not looked at the request (RFC 9113 §8.7). */
        UNSEEN,
        /** It may have acted on it. */
        SEEN
    }

    /** An exchange that wants an endpoint. */
    interface Waiter {
        /** Whether an endpoint is still wanted. */
        boolean isWaiting();

        /** What the endpoint will be told to do. */
        Events events();

        /** Gets the endpoint's end; only while one is wanted. */
        void connected(Upstream upstream);

        /** There is none; told whether or not one is still wanted. */
        void connectFailed(Throwable cause);

        /** None of the connections that there are has become free in time; told likewise. */
        void waitedInVain();
    }
}
