package io.sparkapp.cli.convert;

import io.sparkapp.cli.submit.AppDraft;

/** On whose behalf an application runs. */
final class ProxyUser {

  private ProxyUser() {}

  static void into(AppDraft draft, Source user, Findings findings) {
    user.text()
        .ifPresent(
            name -> {
              draft.set("user", name);
              findings.note(
                  user,
                  "becomes spec.user, by which queues count: who applies it has to be that user, or"
                      + " to have the right to impersonate it. For file systems it says nothing.");
            });
  }
}
