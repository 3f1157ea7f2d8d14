exec spark-submit --properties-file nowhere.conf --load-spark-defaults --conf 'spark.sql.ansi.enabled=false' \
  --conf=spark.driver.maxResultSize=2g -c spark.app.name=Quoted \
  local:///opt/job.py "a \"b\" \$c" 'd'\''e' "" --conf x=y
