package io.sparkapp.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An operator that makes so many calls that change something, and is dead to the world then. */
final class MortalOperator implements AutoCloseable {

  private static final Set<String> CHANGES = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final AtomicInteger calls = new AtomicInteger();
  private final KubernetesClient client;
  private final SparkAppOperator operator;

  /**
   * @param callsToLive none is made after these
   */
  MortalOperator(ApiServer server, int callsToLive) throws Exception {
    this(server, callsToLive, Clock.systemUTC());
  }

  MortalOperator(ApiServer server, int callsToLive, Clock clock) throws Exception {
    Interceptor death =
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (CHANGES.contains(request.method()) && calls.getAndIncrement() >= callsToLive) {
              throw new IllegalStateException("killed before its call " + (callsToLive + 1));
            }
          }
        };
    client = server.operatorClient(http -> http.addOrReplaceInterceptor("death", death));
    operator = ApiServer.operator(client, clock);
  }

  /** Calls it wanted to make so far. */
  int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    operator.close();
    client.close();
  }
}
