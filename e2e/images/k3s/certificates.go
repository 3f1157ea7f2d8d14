package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// certificates are the authorities that this cluster trusts.
type certificates struct {
	serverCA, clientCA, proxyCA *keyPair
}

// keyPair is a certificate and its key, and the files that hold them.
type keyPair struct {
	cert     *x509.Certificate
	key      crypto.Signer
	certFile string
	keyFile  string
}

// issueCertificates keeps the authorities over restarts of a container, and issues all other certificates anew.
func (s *server) issueCertificates() error {
	var err error
	for name, ca := range map[string]**keyPair{
		"server-ca": &s.serverCA, "client-ca": &s.clientCA, "request-header-ca": &s.proxyCA} {
		if *ca, err = s.authority(name); err != nil {
			return err
		}
	}
	if err := s.serviceAccountKey(); err != nil {
		return err
	}
	api := []string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc." + clusterDomain,
		"localhost", "127.0.0.1", "::1", kubernetesIP, s.nodeIP, s.nodeName, "k3s"}
	if _, err := s.issue(s.serverCA, "serving-kube-apiserver", "kube-apiserver", "", append(api, s.tlsSANs...)); err != nil {
		return err
	}
	kubelet := []string{s.nodeName, s.nodeIP, "127.0.0.1", "localhost"}
	if _, err := s.issue(s.serverCA, "serving-kubelet", s.nodeName, "", kubelet); err != nil {
		return err
	}
	if _, err := s.issue(s.proxyCA, "client-auth-proxy", "system:auth-proxy", "", nil); err != nil {
		return err
	}
	// With this one the API server calls the kubelet.
	if _, err := s.issue(s.clientCA, "client-kube-apiserver", "system:apiserver", "system:masters", nil); err != nil {
		return err
	}
	return s.issueKubeconfigs()
}

func (s *server) issueKubeconfigs() error {
	for _, user := range []struct{ name, commonName, group string }{
		{"admin", "system:admin", "system:masters"},
		{"controller", "system:kube-controller-manager", ""},
		{"scheduler", "system:kube-scheduler", ""},
		{"kubelet", "system:node:" + s.nodeName, "system:nodes"},
		{"kube-proxy", "system:kube-proxy", ""},
		{"coredns", "system:coredns", ""},
	} {
		pair, err := s.issue(s.clientCA, "client-"+user.name, user.commonName, user.group, nil)
		if err != nil {
			return err
		}
		if err := s.writeKubeconfig(s.kubeconfig(user.name), pair); err != nil {
			return err
		}
		if user.name == "admin" {
			if err := s.writeKubeconfig(adminKubeconfig, pair); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *server) authority(name string) (*keyPair, error) {
	pair := s.pair(name)
	if err := pair.load(); !errors.Is(err, os.ErrNotExist) {
		return pair, err
	}
	now := time.Now()
	template := &x509.Certificate{
		Subject:   pkix.Name{CommonName: fmt.Sprintf("k3s-%s@%d", name, now.Unix())},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
	}
	return pair, pair.create(template, nil)
}

// issue makes a client's certificate; a server's too, where there are names or addresses for it.
func (s *server) issue(ca *keyPair, name, commonName, group string, sans []string) (*keyPair, error) {
	now := time.Now()
	template := &x509.Certificate{
		Subject:   pkix.Name{CommonName: commonName},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0),
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if group != "" {
		template.Subject.Organization = []string{group}
	}
	if len(sans) > 0 {
		template.ExtKeyUsage = append(template.ExtKeyUsage, x509.ExtKeyUsageServerAuth)
	}
	for _, san := range sans {
		if ip := net.ParseIP(san); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, san)
		}
	}
	pair := s.pair(name)
	return pair, pair.create(template, ca)
}

func (s *server) pair(name string) *keyPair {
	return &keyPair{certFile: filepath.Join(s.tls, name+".crt"), keyFile: filepath.Join(s.tls, name+".key")}
}

func (s *server) serviceAccountKey() error {
	name := filepath.Join(s.tls, "service.key")
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	key, err := newKey()
	if err != nil {
		return err
	}
	return writeKey(name, key)
}

// create makes key and certificate, signed by ca or, where there is none, by itself.
func (p *keyPair) create(template *x509.Certificate, ca *keyPair) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127)); err != nil {
		return err
	}
	parent, signer := template, crypto.Signer(key)
	if ca != nil {
		parent, signer = ca.cert, ca.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		return err
	}
	if p.cert, err = x509.ParseCertificate(der); err != nil {
		return err
	}
	p.key = key
	if err := writeKey(p.keyFile, key); err != nil {
		return err
	}
	return os.WriteFile(p.certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644)
}

func (p *keyPair) load() error {
	cert, err := readPEM(p.certFile)
	if err != nil {
		return err
	}
	key, err := readPEM(p.keyFile)
	if err != nil {
		return err
	}
	if p.cert, err = x509.ParseCertificate(cert); err != nil {
		return err
	}
	p.key, err = x509.ParseECPrivateKey(key)
	return err
}

func readPEM(name string) ([]byte, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(content)
	if block == nil {
		return nil, fmt.Errorf("%s: not PEM", name)
	}
	return block.Bytes, nil
}

func newKey() (*ecdsa.PrivateKey, error) {
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
}

func writeKey(name string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), 0o600)
}
