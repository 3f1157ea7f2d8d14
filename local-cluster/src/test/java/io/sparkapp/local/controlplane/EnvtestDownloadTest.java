package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvtestDownloadTest {

  @Test
  void namesPlatformsAsTheReleasesDo() {
    assertThat(EnvtestDownload.platform("Linux", "amd64")).isEqualTo("linux-amd64");
    assertThat(EnvtestDownload.platform("Linux", "aarch64")).isEqualTo("linux-arm64");
    assertThat(EnvtestDownload.platform("Mac OS X", "aarch64")).isEqualTo("darwin-arm64");
    assertThat(EnvtestDownload.platform("Mac OS X", "x86_64")).isEqualTo("darwin-amd64");
  }

  @Test
  void asksForTheTarballOfItsVersionAndPlatform() {
    EnvtestDownload download =
        new EnvtestDownload(URI.create("https://releases.example/"), "v1.34.1", "linux-amd64");

    assertThat(download.tarball())
        .hasToString("https://releases.example/envtest-v1.34.1/envtest-v1.34.1-linux-amd64.tar.gz");
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() {
    assertThat(EnvtestDownload.proxy(Map.of())).isEmpty();
    assertThat(EnvtestDownload.proxy(Map.of("HTTPS_PROXY", "http://proxy.example:3128")))
        .map(InetSocketAddress::getHostString)
        .contains("proxy.example");
    assertThat(EnvtestDownload.proxy(Map.of("https_proxy", "proxy.example:3128")))
        .map(InetSocketAddress::getPort)
        .contains(3128);
  }
}
