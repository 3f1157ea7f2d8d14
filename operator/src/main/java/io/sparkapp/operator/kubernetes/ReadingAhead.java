package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/** Makes HTTP clients that read {@linkplain PagesAhead pages ahead}, of the JDK's own. */
public final class ReadingAhead implements HttpClient.Factory {

  private final HttpClient.Factory factory = new JdkHttpClientFactory();

  @Override
  public HttpClient.Builder newBuilder() {
    return new Builder(factory.newBuilder());
  }

  /** Passes all on; what it builds reads ahead. */
  private record Builder(HttpClient.Builder builder) implements HttpClient.Builder {

    @Override
    public HttpClient build() {
      return new PagesAhead(builder.build());
    }

    @Override
    public HttpClient.Builder connectTimeout(long timeout, TimeUnit unit) {
      builder.connectTimeout(timeout, unit);
      return this;
    }

    @Override
    public HttpClient.Builder addOrReplaceInterceptor(String name, Interceptor interceptor) {
      builder.addOrReplaceInterceptor(name, interceptor);
      return this;
    }

    @Override
    public HttpClient.Builder authenticatorNone() {
      builder.authenticatorNone();
      return this;
    }

    @Override
    public HttpClient.Builder sslContext(KeyManager[] keys, TrustManager[] trusted) {
      builder.sslContext(keys, trusted);
      return this;
    }

    @Override
    public HttpClient.Builder followAllRedirects() {
      builder.followAllRedirects();
      return this;
    }

    @Override
    public HttpClient.Builder proxyAddress(InetSocketAddress address) {
      builder.proxyAddress(address);
      return this;
    }

    @Override
    public HttpClient.Builder proxyAuthorization(String credentials) {
      builder.proxyAuthorization(credentials);
      return this;
    }

    @Override
    public HttpClient.Builder proxyType(HttpClient.ProxyType type) {
      builder.proxyType(type);
      return this;
    }

    @Override
    public HttpClient.Builder tlsVersions(TlsVersion... versions) {
      builder.tlsVersions(versions);
      return this;
    }

    @Override
    public HttpClient.Builder preferHttp11() {
      builder.preferHttp11();
      return this;
    }

    @Override
    public HttpClient.DerivedClientBuilder tag(Object tag) {
      builder.tag(tag);
      return this;
    }
  }
}
