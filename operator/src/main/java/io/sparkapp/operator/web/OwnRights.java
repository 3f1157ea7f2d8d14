package io.sparkapp.operator.web;

import java.util.List;

/** What is read from the API server with the visitor's own token, so with the visitor's rights. */
public interface OwnRights {

  /**
   * An event of Kubernetes.
   *
   * @param type Normal or Warning
   * @param reason its stable reason
   * @param message what happened
   * @param about the object that it is of, as {@code Pod pi-1-driver}
   * @param last when it happened last, RFC 3339; null when it does not say
   * @param count how often
   */
  record Happening(
      String type, String reason, String message, String about, String last, int count) {}

  /**
   * The events of one object, the last first.
   *
   * @throws AnswerException when the API server refuses, with its own words
   */
  List<Happening> events(String token, ApplicationKey application, String uid);

  /**
   * The last lines that a pod wrote.
   *
   * @throws AnswerException when the API server refuses, with its own words
   */
  String log(String token, String namespace, String pod, int lines);
}
