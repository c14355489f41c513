import { Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemException } from '../http/problem.exception.js';
import { EffectRegistry } from './effect-registry.js';

/** Refuses to filter by a kind of effect that no room has registered. */
@Injectable()
export class KnownKindPipe implements PipeTransform {
  constructor(private readonly registry: EffectRegistry) {}

  transform<Filter extends { readonly kind?: string }>(filter: Filter): Filter {
    const { kinds } = this.registry;
    if (filter.kind === undefined || kinds.includes(filter.kind)) return filter;
    const message = `kind must be one of the following values: ${kinds.join(', ')}`;
    throw new ProblemException(400, 'Validation failed', { errors: [{ field: 'kind', message }] });
  }
}
