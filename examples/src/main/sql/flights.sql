-- Flights that nobody took, and how late they were. Statements end with a semicolon; rows go to the driver's log.
CREATE TEMPORARY VIEW flights AS
SELECT id,
       element_at(array('AA', 'DL', 'UA'), CAST(id % 3 AS INT) + 1) AS carrier,
       CAST(id * 7 % 61 AS INT) - 10 AS delay  -- minutes; below zero is early
FROM range(0, 300000);

-- :late is an argument of the script.
SELECT carrier, count(*), sum(delay), max(delay)
FROM flights
WHERE delay >= :late
GROUP BY carrier
ORDER BY carrier;
