package io.sparkapp.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.operator.kubernetes.AccessReviews;
import io.sparkapp.operator.kubernetes.ClusterView;
import io.sparkapp.operator.kubernetes.TokenCalls;
import io.sparkapp.operator.web.Applications;
import io.sparkapp.operator.web.QueueHistory;
import io.sparkapp.operator.web.WebPage;
import io.sparkapp.operator.web.WebSettings;
import java.io.IOException;
import java.time.Clock;

/** The page of a running operator, and what it reads with its visitors' own tokens. */
record ServedPage(WebPage page, TokenCalls calls) implements AutoCloseable {

  static ServedPage serve(
      WebSettings settings,
      KubernetesClient client,
      Applications applications,
      ClusterView cluster,
      Clock clock)
      throws IOException {
    QueueHistory history = new QueueHistory(clock);
    cluster.onQueues(history::are);
    TokenCalls calls = new TokenCalls(client);
    try {
      return new ServedPage(
          WebPage.serve(
              settings, applications, new AccessReviews(client, clock), calls, history, clock),
          calls);
    } catch (IOException | RuntimeException e) {
      calls.close();
      throw e;
    }
  }

  @Override
  public void close() {
    page.close();
    calls.close();
  }
}
