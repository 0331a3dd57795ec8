"""`vla map`: the map of a simulated world, as map_server reads it."""
from pathlib import Path


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'map', help='write the map of a simulated world, as map_server reads it')
    parser.add_argument('--world', default='apartment', metavar='room|apartment',
                        help='default: %(default)s')
    parser.add_argument('--seed', type=int, default=3, metavar='S',
                        help='arrangement of the furniture in the room')
    parser.add_argument('--resolution', type=float, default=0.05, metavar='M',
                        help='side of a cell [m] (default: %(default)s)')
    parser.add_argument('--out', type=Path, default=Path('out/map'), metavar='DIR',
                        help='map.yaml, map.pgm, places.yaml and a picture '
                             '(default: %(default)s)')
    parser.set_defaults(run=run)


def run(args) -> int:
    """Write the map and return the exit code."""
    import cv2

    from vla_ros.core.errors import ConfigurationError
    from vla_ros.core.map_files import save_map
    from vla_ros.perception.map_pictures import map_picture
    from vla_ros.sim.mapping import map_of_scene
    from vla_ros.sim.worlds import parse_dwelling, scene_of
    if not 0.01 <= args.resolution <= 0.5:
        raise ConfigurationError(f'--resolution {args.resolution:g}: expected 0.01 to 0.5')
    scene = scene_of((), args.seed, parse_dwelling(args.world))
    grid = map_of_scene(scene, args.resolution)
    file = save_map(grid, args.out)
    cv2.imwrite(str(args.out / 'map.png'), map_picture(grid)[:, :, ::-1])
    rows, columns = grid.cells.shape
    print(f'{file}: {columns} by {rows} cells of {grid.resolution_m:g} m; '
          f'places: {", ".join(p.name for p in grid.places) or "none"}')
    return 0
