package io.sparkapp.operator.web;

/** Which SparkApp. */
public record ApplicationKey(String namespace, String name) {}
