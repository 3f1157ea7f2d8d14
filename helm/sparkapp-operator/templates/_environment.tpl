{{/* The operator's environment. */}}
{{- define "sparkapp-operator.environment" -}}
- name: SPARKAPP_DRIVER_IMAGE
  value: {{ include "sparkapp-operator.image" (dict "root" . "role" "driver") }}
- name: SPARKAPP_EXECUTOR_IMAGE
  value: {{ include "sparkapp-operator.image" (dict "root" . "role" "executor") }}
- name: SPARKAPP_IMAGE_PULL_POLICY
  value: {{ .Values.imagePullPolicy }}
{{- with .Values.imagePullSecrets }}
{{- $names := list }}
{{- range . }}
{{- $names = append $names .name }}
{{- end }}
- name: SPARKAPP_IMAGE_PULL_SECRETS
  value: {{ $names | join "," | quote }}
{{- end }}
- name: SPARKAPP_DRIVER_SERVICE_ACCOUNT
  value: {{ .Values.driver.serviceAccount.name }}
- name: SPARKAPP_DRIVER_CLUSTER_ROLE
  value: {{ include "sparkapp-operator.driverClusterRole" . }}
- name: SPARKAPP_MANAGE_DRIVER_ACCESS
  value: {{ empty .Values.jobNamespaces | quote }}
{{- with .Values.jobNamespaces }}
- name: SPARKAPP_JOB_NAMESPACES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.applications.javaOptions }}
- name: SPARKAPP_JAVA_OPTIONS
  value: {{ quote . }}
{{- end }}
{{- with .Values.applications.executorJavaOptions }}
- name: SPARKAPP_EXECUTOR_JAVA_OPTIONS
  value: {{ quote . }}
{{- end }}
- name: SPARKAPP_PARALLEL_CALLS
  value: {{ .Values.parallelCalls | quote }}
- name: SPARKAPP_READ_NODES
  value: {{ .Values.queues.readNodes | quote }}
- name: SPARKAPP_WEB_ENABLED
  value: {{ .Values.web.enabled | quote }}
{{- with .Values.web }}
{{- if .enabled }}
- name: SPARKAPP_WEB_PORT
  value: {{ .port | quote }}
{{- if .tls.secretName }}
- name: SPARKAPP_WEB_TLS_DIR
  value: /etc/sparkapp/web-tls
{{- end }}
{{- with .historyServer }}
- name: SPARKAPP_WEB_HISTORY_SERVER
  value: {{ quote . }}
{{- end }}
- name: SPARKAPP_WEB_TICKET_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .ticketSecretName | default (printf "%s-web" (include "sparkapp-operator.fullname" $)) }}
      key: key
{{- end }}
{{- end }}
- name: SPARKAPP_LEADER_ELECTION
  value: {{ .Values.leaderElection.enabled | quote }}
{{- with .Values.leaderElection }}
{{- if .enabled }}
- name: SPARKAPP_LEASE_NAME
  value: {{ include "sparkapp-operator.fullname" $ }}
- name: SPARKAPP_LEASE_NAMESPACE
  value: {{ $.Release.Namespace }}
- name: SPARKAPP_LEASE_DURATION
  value: {{ .leaseDuration }}
- name: SPARKAPP_LEASE_RENEW_DEADLINE
  value: {{ .renewDeadline }}
- name: SPARKAPP_LEASE_RETRY_PERIOD
  value: {{ .retryPeriod }}
- name: SPARKAPP_IDENTITY
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}
{{- end }}
{{- with .Values.operator.javaOptions }}
- name: JDK_JAVA_OPTIONS
  value: {{ quote . }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}
