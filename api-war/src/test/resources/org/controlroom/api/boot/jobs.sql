-- The tables of the batch runtime, which makes them by itself on Derby only.
CREATE SCHEMA IF NOT EXISTS jbatch;
SET SCHEMA jbatch;
CREATE TABLE IF NOT EXISTS jobinstancedata (
    jobinstanceid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name VARCHAR(512),
    apptag VARCHAR(512)
);
CREATE TABLE IF NOT EXISTS executioninstancedata (
    jobexecid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    jobinstanceid BIGINT REFERENCES jobinstancedata ON DELETE CASCADE,
    createtime TIMESTAMP,
    starttime TIMESTAMP,
    endtime TIMESTAMP,
    updatetime TIMESTAMP,
    parameters BLOB,
    batchstatus VARCHAR(512),
    exitstatus VARCHAR(512)
);
CREATE TABLE IF NOT EXISTS stepexecutioninstancedata (
    stepexecid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    jobexecid BIGINT REFERENCES executioninstancedata ON DELETE CASCADE,
    batchstatus VARCHAR(512),
    exitstatus VARCHAR(512),
    stepname VARCHAR(512),
    readcount INTEGER,
    writecount INTEGER,
    commitcount INTEGER,
    rollbackcount INTEGER,
    readskipcount INTEGER,
    processskipcount INTEGER,
    filtercount INTEGER,
    writeskipcount INTEGER,
    starttime TIMESTAMP,
    endtime TIMESTAMP,
    persistentdata BLOB
);
CREATE TABLE IF NOT EXISTS jobstatus (
    id BIGINT PRIMARY KEY REFERENCES jobinstancedata ON DELETE CASCADE,
    obj BLOB
);
CREATE TABLE IF NOT EXISTS stepstatus (
    id BIGINT PRIMARY KEY REFERENCES stepexecutioninstancedata ON DELETE CASCADE,
    obj BLOB
);
CREATE TABLE IF NOT EXISTS checkpointdata (
    id VARCHAR(512),
    obj BLOB
);
SET SCHEMA public;
