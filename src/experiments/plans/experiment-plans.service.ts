import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Transactions, type DatabaseTransaction } from '../../database/transactions.js';
import { ExperimentCatalogue } from '../experiment-catalogue.js';
import { ExposureRepository } from '../exposures/exposure.repository.js';
import {
  planExperiment,
  type ExperimentDesign,
  type ExperimentPlan,
} from '../statistics/experiment-plan.js';
import { defaultDesign } from './default-design.js';
import { ExperimentPlanRepository } from './experiment-plan.repository.js';

