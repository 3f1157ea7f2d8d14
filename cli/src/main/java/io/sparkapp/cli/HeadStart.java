package io.sparkapp.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/**
 * Has what {@link PlainReader} needs loaded while the command line is read: that is reflection on
 * one core, and this is most of a TLS handshake's and a parser's classes on another. It does
 * nothing that is of use later, and what goes wrong here goes wrong there again.
 */
final class HeadStart implements Runnable {

  private static final Set<String> READERS = Set.of("list");

  /** For commands that read plainly. */
  static void of(String... arguments) {
    if (arguments.length > 0 && READERS.contains(arguments[0])) {
      Thread thread = new Thread(new HeadStart(), "head-start");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    try {
      greet();
      parse();
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      return; // The reader meets it too, and says what it is.
    }
  }

  /** Writes what a client says first, to nobody. */
  private static void greet() throws GeneralSecurityException, IOException {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[0], null);
    SSLEngine engine = tls.createSSLEngine();
    engine.setUseClientMode(true);
    engine.beginHandshake();
    engine.wrap(
        ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
  }

  private static void parse() throws IOException {
    try (JsonParser parser =
        new JsonFactory().createParser("{\"a\":[1]}".getBytes(StandardCharsets.UTF_8))) {
      while (parser.nextToken() != null) {
        parser.currentName();
      }
    }
  }
}
