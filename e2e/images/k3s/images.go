package main

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	containerd "github.com/containerd/containerd/v2/client"
	"github.com/containerd/containerd/v2/pkg/archive/compression"
	"github.com/containerd/containerd/v2/pkg/namespaces"
)

const (
	imageNamespace = "k8s.io"
	snapshotter    = "overlayfs"
	pauseImage     = "localhost/kubelite/pause:1"
	pauseFile      = "/usr/lib/k3s/pause"
)

// file is an entry of a tar archive.
type file struct {
	name    string
	mode    int64
	content []byte
}

func tarOf(files ...file) ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range files {
		header := tar.Header{Name: f.name, Mode: f.mode, Size: int64(len(f.content)), Typeflag: tar.TypeReg}
		if err := w.WriteHeader(&header); err != nil {
			return nil, err
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// pauseArchive is a docker-archive of the image that every pod needs, and that no registry has to be asked for.
func pauseArchive() ([]byte, error) {
	program, err := os.ReadFile(pauseFile)
	if err != nil {
		return nil, err
	}
	layer, err := tarOf(file{"pause", 0o755, program})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(layer)
	config, err := json.Marshal(object{
		"architecture": "amd64", "os": "linux", "created": "1970-01-01T00:00:00Z",
		"config": object{"Entrypoint": []string{"/pause"}, "User": "65535:65535"},
		"rootfs": object{"type": "layers", "diff_ids": []string{"sha256:" + hex.EncodeToString(sum[:])}},
	})
	if err != nil {
		return nil, err
	}
	manifest, err := json.Marshal([]object{
		{"Config": "config.json", "RepoTags": []string{pauseImage}, "Layers": []string{"layer.tar"}}})
	if err != nil {
		return nil, err
	}
	return tarOf(file{"manifest.json", 0o644, manifest}, file{"config.json", 0o644, config}, file{"layer.tar", 0o644, layer})
}

// importImages waits for containerd, then loads the pause image and, as k3s does, every archive in dir.
func importImages(ctx context.Context, dir string) error {
	ctx = namespaces.WithNamespace(ctx, imageNamespace)
	client, err := connect(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	pause, err := pauseArchive()
	if err != nil {
		return err
	}
	if err := importArchive(ctx, client, bytes.NewReader(pause)); err != nil {
		return fmt.Errorf("pause image: %w", err)
	}
	files, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	for _, f := range files {
		if !isArchive(f.Name()) {
			continue
		}
		start := time.Now()
		if err := importFile(ctx, client, filepath.Join(dir, f.Name())); err != nil {
			return fmt.Errorf("%s: %w", f.Name(), err)
		}
		logf("imported images from %s in %s", f.Name(), time.Since(start).Round(time.Millisecond))
	}
	return nil
}

func connect(ctx context.Context) (*containerd.Client, error) {
	var client *containerd.Client
	err := poll(ctx, "containerd", 30*time.Second, func() (bool, error) {
		c, err := containerd.New(containerdSocket, containerd.WithTimeout(2*time.Second))
		if err != nil {
			return false, err
		}
		if serving, err := c.IsServing(ctx); !serving || err != nil {
			c.Close()
			return false, err
		}
		client = c
		return true, nil
	})
	return client, err
}

func isArchive(name string) bool {
	for _, suffix := range []string{".tar", ".tar.gz", ".tgz", ".tar.zst"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

func importFile(ctx context.Context, client *containerd.Client, name string) error {
	compressed, err := os.Open(name)
	if err != nil {
		return err
	}
	defer compressed.Close()
	archive, err := compression.DecompressStream(compressed)
	if err != nil {
		return err
	}
	defer archive.Close()
	return importArchive(ctx, client, archive)
}

func importArchive(ctx context.Context, client *containerd.Client, archive io.Reader) error {
	images, err := client.Import(ctx, archive, containerd.WithSkipMissing())
	if err != nil {
		return err
	}
	for _, i := range images {
		if err := containerd.NewImage(client, i).Unpack(ctx, snapshotter); err != nil {
			return fmt.Errorf("unpack %s: %w", i.Name, err)
		}
	}
	return nil
}
