package io.sparkapp.operator.web;

import java.util.Optional;

/** What the page asks the API server: who somebody is, and what they may do. */
public interface ApiServerGate {

  /**
   * Who has this token; empty when the API server does not know it.
   *
   * @throws AnswerException when the API server can not be asked
   */
  Optional<Visitor> visitor(String token);

  /**
   * Whether the API server would allow it.
   *
   * @throws AnswerException when the API server can not be asked
   */
  boolean may(Visitor visitor, Right right);
}
