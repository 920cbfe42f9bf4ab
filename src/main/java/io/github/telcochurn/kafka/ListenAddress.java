package io.github.telcochurn.kafka;

import io.github.telcochurn.MissingPrerequisite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The address on which a server of ours is to listen.
 *
 * @param setting the key that names the port
 */
public record ListenAddress(String host, int port, String setting) {
    /**
     * Makes sure that nothing else listens there.
     *
     * @throws MissingPrerequisite when the port is taken, or the host is not an address of this machine
     */
    public void requireFree() {
        try (ServerSocket probe = new ServerSocket()) {
            // As servers do, so that lingering connections of a predecessor do not count.
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
