//go:build tools

// Package shim only holds containerd's shim in go.mod, so that it can be built from here.
package shim

import _ "github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2"
