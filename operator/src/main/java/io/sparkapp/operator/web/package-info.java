/** What the operator serves over HTTP. */
package io.sparkapp.operator.web;
