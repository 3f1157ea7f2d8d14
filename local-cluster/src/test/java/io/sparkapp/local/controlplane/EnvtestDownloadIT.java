package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvtestDownloadIT {
  private static final String TARBALL = "/envtest-v1/envtest-v1-linux-amd64.tar.gz";

  @TempDir Path cache;
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void placesTheProgramsInTheCacheWhereverTheArchiveHasThem() throws Exception {
    byte[] archive =
        archive("controller-tools/envtest/kube-apiserver", "../../etcd", "a/kubectl", "README");
    serve(archive, sha512(archive) + "  envtest.tar.gz\n");

    KubeBinaries binaries = download().into(cache, line -> {});

    assertThat(binaries.directory()).isEqualTo(cache.resolve("v1"));
    assertThat(binaries.etcd()).hasContent("../../etcd").isExecutable();
    assertThat(binaries.kubectl()).isPresent();
    assertThat(cache).isDirectoryNotContaining("glob:**README").isDirectoryContaining("glob:**v1");
    try (var left = Files.list(cache)) {
      assertThat(left).containsExactly(cache.resolve("v1"));
    }
  }

  @Test
  void leavesNothingInTheCacheWhenTheChecksumIsAnother() throws Exception {
    serve(archive("kube-apiserver", "etcd"), "0".repeat(128));

    assertThatThrownBy(() -> download().into(cache, line -> {}))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("SHA-512");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void saysWhatTheServerAnsweredWhenThereIsNoSuchRelease() {
    assertThatThrownBy(() -> download().into(cache, line -> {}))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("HTTP status 404");
  }

  private EnvtestDownload download() {
    URI releases = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return new EnvtestDownload(releases, "v1", "linux-amd64");
  }

  private void serve(byte[] archive, String checksum) {
    serve(TARBALL, archive);
    serve(TARBALL + ".sha512", checksum.getBytes(StandardCharsets.US_ASCII));
  }

  private void serve(String path, byte[] content) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals(path) ? 200 : 404, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
  }

  private static String sha512(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
  }

  /** A ustar archive of files whose content is their own name. */
  private static byte[] archive(String... names) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(archive)) {
      for (String name : names) {
        byte[] header = new byte[512];
        byte[] content = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(content, 0, header, 0, content.length);
        byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = '0';
        out.write(header);
        out.write(Arrays.copyOf(content, 512));
      }
      out.write(new byte[1024]);
    }
    return archive.toByteArray();
  }
}
