"""`vla evaluate`: how often a policy does what it is told, on episodes it never saw."""
from dataclasses import replace
import json
from pathlib import Path

from vla_ros.cli import evaluate_long
from vla_ros.cli.arguments import add_jobs, add_randomisation, add_robot, robot_of

SLIP_MAX = 0.9


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser('evaluate', help='measure a policy in the simulator')
    parser.add_argument('--suite', default='goto', metavar='NAME[,NAME]',
                        help='goto, move, gesture, point, touch, push, follow, relation, '
                             'combined, phrasings, pairs, swapped, absent, memory, all of '
                             'these; or long: long commands in the apartment')
    parser.add_argument('--episodes', type=int, default=100, metavar='N')
    parser.add_argument('--seed', type=int, default=1, metavar='S')
    parser.add_argument('--policy', default='base',
                        metavar='expert|CHECKPOINT|MODULE:FUNCTION',
                        help='a function is given the robot and returns a policy, which may be '
                             'remote (default: %(default)s)')
    _add_circumstances(parser.add_argument_group('circumstances'))
    _add_questions(parser.add_argument_group('what is asked besides'))
    _add_outputs(parser.add_argument_group('what is written'))
    add_randomisation(parser)
    add_robot(parser)
    add_jobs(parser)
    parser.set_defaults(run=run)


def _add_circumstances(group) -> None:
    group.add_argument('--instruction', metavar='TEXT',
                       help="say this in every episode instead of the suite's sentences")
    group.add_argument('--unseen-words', action='store_true',
                       help='say it in forms of words that training never had')
    group.add_argument('--slip', type=float, default=0.0, metavar='SHARE',
                       help='part of its commanded velocity that the base loses, '
                            f'0 to {SLIP_MAX}')
    group.add_argument('--no-feedback', action='store_true',
                       help='the policy is not told how the base really moved')
    group.add_argument('--no-memory', action='store_true',
                       help='the policy decides by the view alone')
    group.add_argument('--runtime', default='fp32', metavar='NAME',
                       help='how the model is computed, or auto (default: %(default)s)')
    group.add_argument('--reuse-vision', type=float, default=0.0, metavar='DISTANCE',
                       help='use features of an image again where no part of the image has '
                            'changed by more, 0 to 255 (default: never)')
    group.add_argument('--live', action='store_true',
                       help='drive as the fusion node does: fifty decisions a second, late '
                            'images, blended chunks, the guard')


def _add_questions(group) -> None:
    group.add_argument('--against', metavar='POLICY',
                       help='compare with this policy on the same episodes')
    group.add_argument('--other-words', action='store_true',
                       help='run each scene once more with another goal: is it what was said?')
    group.add_argument('--sweep', action='store_true',
                       help='run the episodes with each randomisation alone, and with all, at '
                            '--strength')


def _add_outputs(group) -> None:
    group.add_argument('--json', type=Path, metavar='FILE', help='the figures')
    group.add_argument('--record', action='store_true',
                       help="the figures, into the checkpoint's manifest")
    group.add_argument('--page', type=Path, metavar='FILE',
                       help='one HTML file with everything, films too')
    group.add_argument('--curves', type=Path, metavar='PNG',
                       help='curves of a training run, for the page')
    group.add_argument('--pictures', type=Path, metavar='DIR',
                       help='long: a picture from above of every episode')
    group.add_argument('--films', type=Path, metavar='DIR',
                       help='films of episodes that failed (with --page: beside it)')
    group.add_argument('--films-most', type=int, default=4, metavar='N',
                       help='of each suite (default: %(default)s; 0: none)')
    group.add_argument('--readme', type=Path, metavar='FILE',
                       help="write the manifest's figures into the table of a README; without "
                            '--record nothing is measured for that')


def run(args) -> int:
    """Evaluate, print tables and return the exit code."""
    from vla_ros.learning.evaluate import Plan
    if args.readme and not args.record:
        return _write_readme(args)
    if args.suite == evaluate_long.SUITE:
        return evaluate_long.run(args, _record)
    _check(args)
    plan = Plan(robot_of(args), _suites(args.suite)[0], args.seed, args.policy,
                args.instruction, args.slip, not args.no_feedback, not args.no_memory,
                args.runtime, args.reuse_vision, args.live, _randomisation(args),
                has_unseen_words=args.unseen_words)
    reports, clips = [], []
    for suite in _suites(args.suite):
        report, failed = _study(args, replace(plan, suite=suite))
        reports.append(report)
        clips += _films(args, replace(plan, suite=suite), failed)
        if args.json:
            _write(args.json, json.dumps(reports if ',' in args.suite or args.suite == 'all'
                                         else report, indent=2) + '\n')
    if args.page:
        _write(args.page, _page(args, reports, clips))
    return _write_readme(args) if args.readme else 0


def _check(args) -> None:
    from vla_ros.core.errors import ConfigurationError
    if not 0.0 <= args.slip <= SLIP_MAX:
        raise ConfigurationError(f'--slip: {args.slip:g}, expected 0 to {SLIP_MAX}')
    if args.episodes < 1:
        raise ConfigurationError(f'--episodes: {args.episodes}, expected 1 or more')
    if args.record and (args.policy == 'expert' or ':' in args.policy):
        raise ConfigurationError(f'--record: {args.policy!r} is no checkpoint, it has no manifest')
    changed = [name for name, is_changed in (
        ('--instruction', args.instruction), ('--unseen-words', args.unseen_words),
        ('--slip', args.slip),
        ('--no-feedback', args.no_feedback), ('--no-memory', args.no_memory),
        ('--randomise', args.randomise)) if is_changed]
    if args.record and changed:
        raise ConfigurationError(f'--record: figures of the suites as they are, without '
                                 f'{" ".join(changed)}')
    if args.instruction and args.unseen_words:
        raise ConfigurationError('--unseen-words: --instruction says already what is said')
    if args.unseen_words and any(suite.value == 'names' for suite in _suites(args.suite)):
        raise ConfigurationError("--unseen-words: suite 'names' would lose its names; expected "
                                 'any other')
    if args.sweep and args.randomise:
        raise ConfigurationError('--sweep draws each randomisation by itself: without --randomise')


def _suites(names: str) -> list:
    from vla_ros.learning.evaluate import parse_suite
    from vla_ros.sim.tasks.suites import Suite
    return list(Suite) if names == 'all' else [parse_suite(name) for name in names.split(',')]


def _randomisation(args):
    from vla_ros.sim.randomisation import parse_randomisation
    return parse_randomisation(args.randomise, args.strength)


def _study(args, plan) -> tuple[dict, list[int]]:
    """Return the report of a suite, and which episodes failed."""
    from rich.progress import Progress

    from vla_ros.cli.evaluation_tables import print_report
    from vla_ros.learning.study import outcome_rows, Questions, study
    questions = Questions(args.against, args.other_words, args.strength if args.sweep else None)
    with Progress() as progress:
        bars, done = {}, {}
        for name in questions.plans(plan):
            bars[name] = progress.add_task(f'{plan.suite.value}, {name}', total=args.episodes)

        def show(name, outcome):
            done[name] = done.get(name, 0) + outcome.is_success
            progress.update(bars[name], advance=1,
                            description=f'{plan.suite.value}, {name}: {done[name]} done')
        report, outcomes = study(plan, args.episodes, args.jobs, questions, show)
    print_report(report)
    if args.record:
        _record(args.policy, report)
    return ({**report, 'outcomes': outcome_rows(outcomes)},
            [o.index for o in outcomes if not o.is_success])


def _films(args, plan, failed: list[int]) -> list:
    """Film episodes that failed, and return the clips for the page."""
    from vla_ros.learning.page import Clip
    if not (args.films or args.page) or not failed or not args.films_most:
        return []
    from vla_ros.cli.failures import film
    folder = args.films or args.page.with_suffix('')
    films = film(plan, failed[:args.films_most], folder)
    print(f'{len(films)} of {len(failed)} failures filmed: {folder}')
    return [Clip(plan.suite.value, caption, file.read_bytes()) for file, caption in films.values()]


def _page(args, reports: list[dict], clips: list) -> str:
    from vla_ros.learning.page import page
    facts = {'policy': args.policy, 'episodes': f'{args.episodes} of each suite',
             'seed': args.seed, 'driven': 'as the fusion node does' if args.live else 'stepwise'}
    if args.unseen_words:
        facts['said'] = 'in forms of words that training never had'
    if args.randomise:
        facts['randomised'] = f'{", ".join(args.randomise)}, strength {args.strength:g}'
    print(f'page: {args.page}')
    return page(f'Evaluation of {args.policy}', facts, reports, clips,
                args.curves.read_bytes() if args.curves else None)


def _record(policy: str, report: dict) -> None:
    """Add the figures of a suite to the manifest of the checkpoint that they were measured on."""
    from vla_ros.models.checkpoint import add_facts, find_checkpoint, load_checkpoint
    folder = find_checkpoint(policy)
    results = dict(load_checkpoint(str(folder)).manifest.get('results', {}))
    kept = ('episodes', 'successes', 'rate', 'wilson_95', 'falls', 'mean_time_s', 'both', 'seed',
            'path_ratio', 'contacts')
    results[report['suite']] = {key: report[key] for key in kept if key in report}
    add_facts(folder, results=results)


def _write_readme(args) -> int:
    from vla_ros.learning.readme_table import with_results
    from vla_ros.models.checkpoint import load_checkpoint
    results = load_checkpoint(args.policy).manifest.get('results', {})
    args.readme.write_text(with_results(args.readme.read_text(), results))
    print(f'{args.readme}: {len(results)} suites')
    return 0


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
