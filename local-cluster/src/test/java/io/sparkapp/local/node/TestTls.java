package io.sparkapp.local.node;
