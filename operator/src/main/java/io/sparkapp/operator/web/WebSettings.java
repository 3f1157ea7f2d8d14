package io.sparkapp.operator.web;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the page is served.
 *
 * @param address port 0 picks a free one
 * @param certificate a directory with {@code tls.crt} and {@code tls.key}; empty for plain HTTP
 * @param ticketKey what tickets for the Spark UI are signed with, the same in all replicas; empty
 *     for one of this process's own
 * @param historyServer where users reach the history server
 */
public record WebSettings(
    InetSocketAddress address,
    Optional<Path> certificate,
    Optional<String> ticketKey,
    Optional<URI> historyServer) {}
