package org.controlroom.plugins.liblinear.internal;

import de.bwaldvogel.liblinear.SolverType;

/** The binary problems and ways to solve them, under LIBLINEAR's names. */
public enum Solver {
    /** Squared hinge loss, dual coordinate descent. */
    L2R_L2LOSS_SVC_DUAL(SolverType.L2R_L2LOSS_SVC_DUAL, true),
    /** Hinge loss, dual coordinate descent. */
    L2R_L1LOSS_SVC_DUAL(SolverType.L2R_L1LOSS_SVC_DUAL, true),
    /** Logistic loss, dual coordinate descent. */
    L2R_LR_DUAL(SolverType.L2R_LR_DUAL, true),
    /** Squared hinge loss, trust-region Newton. */
    L2R_L2LOSS_SVC(SolverType.L2R_L2LOSS_SVC, false),
    /** Logistic loss, trust-region Newton. */
    L2R_LR(SolverType.L2R_LR, false),
    /** Squared hinge loss with L1 regularisation: most weights become zero. */
    L1R_L2LOSS_SVC(SolverType.L1R_L2LOSS_SVC, false),
    /** Logistic loss with L1 regularisation: most weights become zero. */
    L1R_LR(SolverType.L1R_LR, false);

    private final SolverType libraryType;
    private final boolean own;

    Solver(SolverType libraryType, boolean own) {
        this.libraryType = libraryType;
        this.own = own;
    }

    SolverType libraryType() {
        return libraryType;
    }

    /** Whether {@link DualSvmSolver} or {@link DualLogisticSolver} solves it. */
    boolean own() {
        return own;
    }
}
