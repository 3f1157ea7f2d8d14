package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
)

func (s *server) kubeconfig(user string) string { return filepath.Join(s.cred, user+".kubeconfig") }

// writeKubeconfig has one cluster, user and context, all called "default", as k3s.yaml has. Whoever reads the file
// while it is written sees the old one or the new one.
func (s *server) writeKubeconfig(name string, user *keyPair) error {
	var encoded [3]string
	for i, f := range []string{s.serverCA.certFile, user.certFile, user.keyFile} {
		content, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		encoded[i] = base64.StdEncoding.EncodeToString(content)
	}
	content := fmt.Sprintf(`apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: %s
    server: https://127.0.0.1:%d
  name: default
contexts:
- context:
    cluster: default
    user: default
  name: default
current-context: default
kind: Config
users:
- name: default
  user:
    client-certificate-data: %s
    client-key-data: %s
`, encoded[0], s.httpsPort, encoded[1], encoded[2])
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(name+".new", []byte(content), 0o600); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}
