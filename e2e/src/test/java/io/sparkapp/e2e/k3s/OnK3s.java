package io.sparkapp.e2e.k3s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that run on the k3s node that all of them share. Their methods may take a {@link Cluster}
 * and the {@link Applications} of a namespace of their own. They are skipped where no Docker daemon
 * answers, except in CI, where that fails them.
 *
 * <p>Some of these classes run at a time, the methods of each one after the other; after them, one
 * by one, those that change the node or the release, or that measure: they are {@link
 * org.junit.jupiter.api.parallel.Isolated}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({DockerAvailable.class, K3sTests.class})
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@interface OnK3s {}
