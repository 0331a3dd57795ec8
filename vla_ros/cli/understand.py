"""`vla understand`: what a sentence means, as the document that the language node publishes."""
import json


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser('understand', help='say what a sentence means, as JSON')
    parser.add_argument('text', metavar='TEXT', help='a command in words')
    parser.add_argument('--checkpoint', default='language', metavar='NAME|DIR',
                        help='language checkpoint (default: %(default)s)')
    parser.set_defaults(run=run)


def run(args) -> int:
    """Print the document; 0 if the text was understood, 1 if not."""
    from vla_ros.inference.understander import Understander
    document = Understander(args.checkpoint).understand(args.text).document()
    print(json.dumps(document, indent=2))
    return 0 if document['understood'] else 1
