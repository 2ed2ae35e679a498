package dev.adit.downstream.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Netty's flow control, which counts for each stream the bytes that wait for a window. Frames of every stream pass it.
 */
final class CountedFlow implements Http2RemoteFlowController {
    private final Http2RemoteFlowController flow;
    private final StreamMemory memory;

    CountedFlow(Http2RemoteFlowController flow, StreamMemory memory) {
        this.flow = flow;
        this.memory = memory;
    }

    @Override
    public void addFlowControlled(Http2Stream stream, FlowControlled frame) {
        var held = memory.of(stream);
        if (held == null) {
            flow.addFlowControlled(stream, frame);
            return;
        }
        held.waits(frame.size());
        flow.addFlowControlled(stream, new Counted(frame, held));
        held.enqueued(flow.windowSize(stream));
    }

    /** A frame that tells how much of it has left. */
    private record Counted(FlowControlled frame, HeldStream held) implements FlowControlled {
        @Override
        public int size() {
            return frame.size();
        }

        @Override
        public void write(ChannelHandlerContext context, int allowed) {
            var before = frame.size();
            frame.write(context, allowed);
            held.left(before - frame.size());
        }

        @Override
        public void writeComplete() {
            frame.writeComplete();
        }

        @Override
        public void error(ChannelHandlerContext context, Throwable cause) {
            held.left(frame.size());
            frame.error(context, cause);
        }

        @Override
        public boolean merge(ChannelHandlerContext context, FlowControlled next) {
            return next instanceof Counted counted && frame.merge(context, counted.frame);
        }
    }

    @Override
    public void channelHandlerContext(ChannelHandlerContext context) throws Http2Exception {
        flow.channelHandlerContext(context);
    }

    @Override
    public ChannelHandlerContext channelHandlerContext() {
        return flow.channelHandlerContext();
    }

    @Override
    public boolean hasFlowControlled(Http2Stream stream) {
        return flow.hasFlowControlled(stream);
    }

    @Override
    public void writePendingBytes() throws Http2Exception {
        flow.writePendingBytes();
    }

    @Override
    public void listener(Listener listener) {
        flow.listener(listener);
    }

    @Override
    public boolean isWritable(Http2Stream stream) {
        return flow.isWritable(stream);
    }

    @Override
    public void channelWritabilityChanged() throws Http2Exception {
        flow.channelWritabilityChanged();
    }

    @Override
    public void updateDependencyTree(int child, int parent, short weight, boolean exclusive) {
        flow.updateDependencyTree(child, parent, weight, exclusive);
    }

    @Override
    public void initialWindowSize(int size) throws Http2Exception {
        flow.initialWindowSize(size);
    }

    @Override
    public int initialWindowSize() {
        return flow.initialWindowSize();
    }

    @Override
    public int windowSize(Http2Stream stream) {
        return flow.windowSize(stream);
    }

    @Override
    public void incrementWindowSize(Http2Stream stream, int delta) throws Http2Exception {
        flow.incrementWindowSize(stream, delta);
    }
}
