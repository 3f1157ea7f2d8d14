package io.sparkapp.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.Driver;

/** A Maven repository on the loopback address, with the package of examples/packages.yaml in it. */
final class MavenRepository implements AutoCloseable {

  private static final String FOLDER = "/com/h2database/h2/";

  private final HttpServer server;

  MavenRepository() throws IOException, URISyntaxException {
    Path jar = Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path versions = jar.getParent().getParent();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          Path file =
              path.startsWith(FOLDER)
                  ? versions.resolve(path.substring(FOLDER.length())).normalize()
                  : versions.resolve("nowhere");
          boolean there = file.startsWith(versions) && Files.isRegularFile(file);
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(there ? 200 : 404, there && !head ? Files.size(file) : -1);
          if (there && !head) {
            try (OutputStream out = exchange.getResponseBody()) {
              Files.copy(file, out);
            }
          }
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
