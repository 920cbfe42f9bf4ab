package io.github.telcochurn.kafka;

import io.github.telcochurn.MissingPrerequisite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where a server of ours is to listen.
 *
 * @param setting the key that names the port
 */
public record ListenAddress(String host, int port, String setting) {
    /**
     * Makes sure that nobody else listens there.
     *
     * @throws MissingPrerequisite when the port is taken, or the host is none of this machine's
     */
    public void requireFree() {
        try (ServerSocket probe = new ServerSocket()) {
            // As servers do, so that connections of a predecessor that linger do not count.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new MissingPrerequisite(
                    "Port " + port + " of " + host + " is in use by another program (" + e.getMessage()
                            + "). Stop that program, or set " + setting + " to a free port.",
                    e);
        }
    }
}
