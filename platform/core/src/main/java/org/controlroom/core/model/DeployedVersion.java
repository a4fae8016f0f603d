package org.controlroom.core.model;

/**
 * A version as the deployment history knows it.
 *
 * @param model registered model
 * @param version number, as text; another registry may have another version of the same number
 * @param identity what the version is, the same in every registry that it is copied to
 * @param registry address of the registry that it was in
 */
public record DeployedVersion(String model, String version, String identity, String registry) {}
