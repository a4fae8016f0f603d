package org.controlroom.pipelines;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.port.RunOwners;

/** Remembers what it was told. */
public final class FakeRunOwners implements RunOwners {

    public final List<String> said = new ArrayList<>();

    @Override
    public List<String> alive(String node, Instant now) {
        return List.of();
    }

    @Override
    public List<String> failOwn(String node, Instant now) {
        return List.of();
    }

    @Override
    public List<String> failLost(String node, Instant silentSince, Instant now) {
        return List.of();
    }

    @Override
    public boolean othersRun(String node) {
        return false;
    }

    @Override
    public void takeUp(String runId, String node, Instant now) {
        said.add("take up " + runId + " " + node);
    }

    @Override
    public void requestCancel(String runId) {
        said.add("cancel " + runId);
    }

    @Override
    public int takeovers(String runId) {
        return 0;
    }

    @Override
    public void countTakeover(String runId) {}
}
