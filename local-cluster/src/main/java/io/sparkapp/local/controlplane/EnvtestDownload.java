package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The control plane's programs as kubernetes-sigs/controller-tools releases them for envtest: a
 * tarball per platform with its SHA-512 beside it. A host that doesn't answer costs ten seconds.
 *
 * @param platform such as {@code linux-amd64}
 */
record EnvtestDownload(URI releases, String version, String platform) {
  private static final URI RELEASES =
      URI.create("https://github.com/kubernetes-sigs/controller-tools/releases/download/");
  private static final String VERSION = "v1.34.1";
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration COMPLETE_WITHIN = Duration.ofMinutes(10);

  static EnvtestDownload forThisMachine() {
    return new EnvtestDownload(
        RELEASES, VERSION, platform(System.getProperty("os.name"), System.getProperty("os.arch")));
  }

  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    String arch =
        switch (osArch) {
          case "x86_64", "amd64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch;
        };
    return os + "-" + arch;
  }

  URI tarball() {
    return releases.resolve(
        "envtest-%s/envtest-%s-%s.tar.gz".formatted(version, version, platform));
  }

  KubeBinaries into(Path cache, Consumer<String> progress) {
    progress.accept("downloading kube-apiserver and etcd " + version + ", once only");
    Path workspace = null;
    try {
      HttpClient http = client(System.getenv());
      String checksum = checksum(http);
      Files.createDirectories(cache);
      workspace = Files.createTempDirectory(cache, "download-");
      Path file = fetch(http, workspace.resolve("envtest.tar.gz"));
      verify(file, checksum);
      Path programs = Files.createDirectory(workspace.resolve("programs"));
      TarGz.extractPrograms(file, programs);
      Path target = cache.resolve(version);
      DirectoryTree.delete(target);
      Files.move(programs, target, StandardCopyOption.ATOMIC_MOVE);
      return KubeBinaries.in(target)
          .orElseThrow(() -> new ClusterException(tarball() + " lacks kube-apiserver or etcd"));
    } catch (IOException | ExecutionException e) {
      throw new ClusterException("cannot download " + tarball() + " (" + reason(e) + ")", e);
    } catch (TimeoutException e) {
      throw new ClusterException("cannot download " + tarball() + " (no answer in time)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("the download of kube-apiserver and etcd was interrupted", e);
    } finally {
      if (workspace != null) {
        DirectoryTree.delete(workspace);
      }
    }
  }

  private String checksum(HttpClient http)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(tarball() + ".sha512")).build();
    // Bounded as a whole: the client's own time-outs are per connection and per redirect.
    HttpResponse<String> response =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.US_ASCII))
            .get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
    requireOk(response);
    return response.body().strip().split("\\s+")[0];
  }

  private Path fetch(HttpClient http, Path file)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    HttpResponse<Path> response =
        http.sendAsync(
                HttpRequest.newBuilder(tarball()).build(), HttpResponse.BodyHandlers.ofFile(file))
            .get(COMPLETE_WITHIN.toSeconds(), TimeUnit.SECONDS);
    requireOk(response);
    return file;
  }

  private static void requireOk(HttpResponse<?> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new IOException("HTTP status " + response.statusCode());
    }
  }

  static void verify(Path file, String sha512) throws IOException {
    try {
      String actual =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
      if (!actual.equalsIgnoreCase(sha512)) {
        throw new IOException("its SHA-512 is not the published one");
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }

  private static HttpClient client(java.util.Map<String, String> env) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(ANSWER_WITHIN)
            .followRedirects(HttpClient.Redirect.NORMAL);
    proxy(env).ifPresent(proxy -> builder.proxy(ProxySelector.of(proxy)));
    return builder.build();
  }

  /** The proxy that {@code HTTPS_PROXY} names, which Java does not look at by itself. */
  static Optional<InetSocketAddress> proxy(java.util.Map<String, String> env) {
    return Optional.ofNullable(env.getOrDefault("HTTPS_PROXY", env.get("https_proxy")))
        .filter(value -> !value.isBlank())
        .map(value -> URI.create(value.contains("://") ? value : "http://" + value))
        .filter(uri -> uri.getHost() != null)
        .map(uri -> new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()));
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
