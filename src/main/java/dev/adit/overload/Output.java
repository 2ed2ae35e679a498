package dev.adit.overload;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/** What has been written to a connection, and its peer has not taken. */
public final class Output {
    private Output() {}

    /** In bytes, with what Netty needs to keep them. */
    public static long pendingBytes(Channel channel) {
        var pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    /** From now on a close of the connection is a reset, which drops what the kernel holds for it, too. */
    public static void resetOnClose(Channel channel) {
        if (channel.isOpen()) { // else the number of its socket may be another's by now
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
    }
}
