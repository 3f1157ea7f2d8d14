package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.operator.web.AnswerException;
import io.sparkapp.operator.web.ApiServerGate;
import io.sparkapp.operator.web.Right;
import io.sparkapp.operator.web.Visitor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the API server who has a token and what they may do, by TokenReview and SubjectAccessReview.
 * What it said holds for some seconds; of tokens only digests are kept.
 */
public final class AccessReviews implements ApiServerGate {

  private static final Duration KNOWN = Duration.ofSeconds(30);
  private static final Duration ALLOWED = Duration.ofSeconds(15);
  private static final int MOST = 10_000;

  private final KubernetesClient client;
  private final BrieflyKept<String, Optional<Visitor>> visitors;
  private final BrieflyKept<Question, Boolean> answers;

  public AccessReviews(KubernetesClient client, Clock clock) {
    this.client = client;
    this.visitors = new BrieflyKept<>(KNOWN, MOST, clock);
    this.answers = new BrieflyKept<>(ALLOWED, MOST, clock);
  }

  private record Question(Visitor visitor, Right right) {}

  @Override
  public Optional<Visitor> visitor(String token) {
    return visitors.get(digest(token), () -> asked(() -> review(token)));
  }

  @Override
  public boolean may(Visitor visitor, Right right) {
    return answers.get(new Question(visitor, right), () -> asked(() -> review(visitor, right)));
  }

  private Optional<Visitor> review(String token) {
    TokenReview review =
        client
            .resource(new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build())
            .create();
    return Optional.ofNullable(review.getStatus())
        .filter(status -> Boolean.TRUE.equals(status.getAuthenticated()))
        .map(status -> visitor(status.getUser()));
  }

  private static Visitor visitor(UserInfo user) {
    return new Visitor(
        user.getUsername(),
        user.getUid() == null ? "" : user.getUid(),
        user.getGroups() == null ? List.of() : user.getGroups(),
        user.getExtra() == null ? Map.of() : user.getExtra());
  }

  private boolean review(Visitor visitor, Right right) {
    String[] resource = right.resource().split("/", 2);
    SubjectAccessReview review =
        client
            .resource(
                new SubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withUser(visitor.name())
                    .withUid(visitor.uid().isEmpty() ? null : visitor.uid())
                    .withGroups(visitor.groups())
                    .withExtra(visitor.extra())
                    .withNewResourceAttributes()
                    .withVerb(right.verb())
                    .withGroup(right.group())
                    .withResource(resource[0])
                    .withSubresource(resource.length > 1 ? resource[1] : null)
                    .withNamespace(right.namespace().isEmpty() ? null : right.namespace())
                    .withName(right.name().isEmpty() ? null : right.name())
                    .endResourceAttributes()
                    .endSpec()
                    .build())
            .create();
    return review.getStatus() != null && Boolean.TRUE.equals(review.getStatus().getAllowed());
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw AnswerException.unavailable(
          ApiRefusal.isForbidden(e)
              ? "The operator may not ask the API server who you are: it needs the right to create"
                  + " tokenreviews and subjectaccessreviews."
              : "The API server can not be asked who you are: " + e.getMessage());
    }
  }

  private static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
