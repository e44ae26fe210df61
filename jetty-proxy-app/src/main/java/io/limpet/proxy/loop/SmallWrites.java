package io.limpet.proxy.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A socket to which what is short is written as one piece: to copy it costs less than to tell the kernel of several. On a
 * loop's thread alone, which has the room for it; any other thread writes as Jetty does.
 */
class SmallWrites extends SocketChannelEndPoint {

    SmallWrites(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long length = 0;
        for (ByteBuffer buffer : buffers) {
            length += buffer.remaining();
        }
        if (length == 0 || length > Loop.ROOM) {
            return super.flush(buffers);
        }
        ByteBuffer room = Loop.room();
        return room == null ? super.flush(buffers) : flush(room, buffers);
    }

    /** @param room empty, and large enough */
    boolean flush(ByteBuffer room, ByteBuffer... buffers) throws IOException {
        for (ByteBuffer buffer : buffers) {
            room.put(room.position(), buffer, buffer.position(), buffer.remaining());
            room.position(room.position() + buffer.remaining());
        }
        room.flip();
        int written;
        try {
            written = getChannel().write(room);
        } catch (IOException e) {
            throw new EofException(e);
        }
        if (written > 0) {
            notIdle();
        }
        for (ByteBuffer buffer : buffers) {
            int taken = Math.min(written, buffer.remaining());
            buffer.position(buffer.position() + taken);
            written -= taken;
        }
        return !room.hasRemaining();
    }
}
