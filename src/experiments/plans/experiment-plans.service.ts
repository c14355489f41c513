import { Injectable } from '@nestjs/common';
import type { PipelinedTransaction } from '../../database/pipelined-transaction.js';
import { execute, Reading } from '../../database/reading.js';
import { Transactions } from '../../database/transactions.js';
import { Clock } from '../../shared/clock.js';
import { ExperimentCatalogue } from '../experiment-catalogue.js';
import {
  planExperiment,
  type ExperimentDesign,
  type ExperimentPlan,
} from '../statistics/experiment-plan.js';
import { defaultDesign } from './default-design.js';
import { ExperimentPlanRepository } from './experiment-plan.repository.js';

export interface PlanInForce {
  readonly plan: ExperimentPlan;
  /** When the plan was stored; null while it is only what would be stored at the first exposure. */
  readonly startedAt: Date | null;
  /** Leads have been exposed: the plan stays as it is. */
  readonly fixed: boolean;
}

export type PlanReplacement =
  | { readonly kind: 'replaced'; readonly inForce: PlanInForce }
  | { readonly kind: 'already_exposed' }
  | { readonly kind: 'unknown_experiment' }
  /** Names the field at fault and says what is wrong with it. */
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string };

/** What an operator may set; the rest is as in the default plan. */
export type PlanChange = Partial<Omit<ExperimentDesign, 'key' | 'guardrail'>> & {
  readonly guardrail?: Partial<ExperimentDesign['guardrail']>;
};

interface PlanByDefault {
  /** What the plan was worked out from. */
  readonly settings: string;
  readonly plan: ExperimentPlan;
}

const EXPERIMENT_KEY = /^[a-z0-9_]{1,100}$/;

/** The decision rule of each experiment: free until the first lead is exposed, fixed ever after. */
@Injectable()
export class ExperimentPlans {
  /** By experiment. A plan's sample takes tens of milliseconds to work out, and until it is fixed it is asked for often. */
  private readonly defaults = new Map<string, PlanByDefault>();

  constructor(
    private readonly repository: ExperimentPlanRepository,
    private readonly catalogue: ExperimentCatalogue,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Undefined when nobody knows such an experiment. */
  async find(experiment: string): Promise<PlanInForce | undefined> {
    if (!EXPERIMENT_KEY.test(experiment)) return undefined;
    const [stored, fixed] = await Promise.all([
      this.repository.find(experiment),
      this.repository.isExposed(experiment),
    ]);
    if (stored !== undefined) return { ...stored, fixed };
    if (fixed) return this.store(experiment);
    if (!this.catalogue.has(experiment)) return undefined;
    return { plan: this.planByDefault(experiment), startedAt: null, fixed };
  }

  async replace(experiment: string, change: PlanChange): Promise<PlanReplacement> {
    const current = await this.find(experiment);
    if (current === undefined) return { kind: 'unknown_experiment' };
    if (current.fixed) return { kind: 'already_exposed' };
    const planned = this.tryPlan(experiment, change);
    if (planned.kind === 'invalid') return planned;
    const { plan } = planned;
    const startedAt = this.clock.now();
    return this.transactions.inTransaction(async (trx) => {
      await execute(trx, [this.repository.insertMissing(plan, startedAt)]);
      await this.repository.holdExclusively(trx, experiment);
      if (await this.repository.isExposed(experiment, trx)) return { kind: 'already_exposed' };
      await this.repository.replace(trx, plan, startedAt);
      return { kind: 'replaced', inForce: { plan, startedAt, fixed: false } };
    });
  }

  /**
   * Makes sure, in the transaction that records exposures, that their experiments have a plan and
   * that it does not change meanwhile. Once per transaction, before the exposures are stored.
   */
  async fix(
    transaction: PipelinedTransaction,
    experiments: readonly string[],
    exposedAt: Date,
  ): Promise<void> {
    const unfixed = await transaction.read(this.repository.listUnfixed([...new Set(experiments)]));
    // Sorted, so that two transactions never wait for each other crosswise.
    for (const experiment of [...unfixed].sort()) {
      if (await transaction.read(this.repository.holdShared(experiment))) continue;
      const missing = this.repository.insertMissing(this.planByDefault(experiment), exposedAt);
      await transaction.read(
        Reading.all([Reading.of(missing), this.repository.holdShared(experiment)]),
      );
    }
  }

  /** Rows from before there were plans: the first to ask fixes it. */
  private async store(experiment: string): Promise<PlanInForce> {
    const now = this.clock.now();
    const plan = this.planByDefault(experiment);
    await this.transactions.inTransaction((trx) =>
      execute(trx, [this.repository.insertMissing(plan, now)]),
    );
    const stored = await this.repository.find(experiment);
    return { ...(stored ?? { plan, startedAt: now }), fixed: true };
  }

  private planByDefault(experiment: string): ExperimentPlan {
    const design = defaultDesign(experiment, this.catalogue.find(experiment));
    const settings = JSON.stringify(design);
    const known = this.defaults.get(experiment);
    if (known?.settings === settings) return known.plan;
    const plan = planExperiment(design);
    this.defaults.set(experiment, { settings, plan });
    return plan;
  }

  private tryPlan(
    experiment: string,
    change: PlanChange,
  ):
    | { readonly kind: 'planned'; readonly plan: ExperimentPlan }
    | Extract<PlanReplacement, { kind: 'invalid' }> {
    const design = defaultDesign(experiment, this.catalogue.find(experiment));
    const guardrail = { ...design.guardrail, ...change.guardrail };
    try {
      const plan = planExperiment({ ...design, ...change, key: experiment, guardrail });
      return { kind: 'planned', plan };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const [field = 'plan', ...words] = error.message.split(': ');
      return { kind: 'invalid', field, message: words.join(': ') };
    }
  }
}
