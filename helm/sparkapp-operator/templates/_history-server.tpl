{{/* The history server's properties; a backslash in a value has to be doubled there. */}}
{{- define "sparkapp-operator.historyServer.config" -}}
spark.properties: |
  spark.history.fs.logDirectory={{ .Values.historyServer.logDirectory }}
  spark.history.ui.port=18080
  {{- range $key, $value := .Values.historyServer.sparkConf }}
  {{ $key }}={{ $value | replace "\\" "\\\\" | replace "\n" "\\n" }}
  {{- end }}
{{- end -}}
