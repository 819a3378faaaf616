//! What a browser shows, pixel by pixel.

use std::path::Path;

/// A rectangle of pixels.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Place {
    /// With so many pixels more on every side.
    pub fn grown(self, by: usize) -> Self {
        let Self { left, top, right, bottom } = self;
        Self { left: left.saturating_sub(by), top: top.saturating_sub(by), right: right + by, bottom: bottom + by }
    }
}

/// A picture in red, green and blue.
#[derive(Clone)]
pub struct Picture {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

impl Picture {
    /// Reads a PNG as browsers write them.
    pub fn read(png: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut bytes).expect("a whole PNG");
        let step = info.color_type.samples();
        assert!(step >= 3 && info.bit_depth == png::BitDepth::Eight, "a PNG of another kind: {info:?}");
        let pixels = bytes[..info.buffer_size()].chunks_exact(step).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        Self { width: info.width as usize, pixels }
    }

    /// Writes it as a PNG.
    pub fn write(&self, path: &Path) {
        let file = std::fs::File::create(path).expect("a file");
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height() as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        encoder.write_header().expect("a header").write_image_data(self.pixels.as_flattened()).expect("pixels");
    }

    /// What lies in this place, as far as the picture goes.
    pub fn part(&self, place: Place) -> Self {
        let right = place.right.min(self.width);
        let rows = self.pixels.chunks_exact(self.width).take(place.bottom).skip(place.top);
        Self { width: right - place.left, pixels: rows.flat_map(|row| &row[place.left..right]).copied().collect() }
    }

    /// With sixteen shades of each colour: nobody misses the others, and a file need not hold them.
    pub fn in_few_colours(mut self) -> Self {
        for shade in self.pixels.as_flattened_mut() {
            *shade = (*shade & 0xf0) | (*shade >> 4);
        }
        self
    }

    /// How much of it looks otherwise than another: 0 for nothing, 1 for all of it. Letters that lie a pixel beside, or whose
    /// edges are softer, look the same.
    pub fn share_that_differs(&self, other: &Self) -> f64 {
        if (self.width, self.height()) != (other.width, other.height()) {
            return 1.0;
        }
        let (width, height) = (self.width, self.height());
        let alike = |one: [u8; 3], two: [u8; 3]| one.iter().zip(two).all(|(a, b)| a.abs_diff(b) <= 48);
        let near = |picture: &Self, x: usize, y: usize, pixel: [u8; 3]| {
            let rows = y.saturating_sub(1)..(y + 2).min(height);
            rows.flat_map(|row| (x.saturating_sub(1)..(x + 2).min(width)).map(move |column| row * width + column))
                .any(|index| alike(picture.pixels[index], pixel))
        };
        let otherwise = (0..self.pixels.len()).filter(|&index| {
            let (x, y) = (index % width, index / width);
            !near(other, x, y, self.pixels[index]) || !near(self, x, y, other.pixels[index])
        });
        otherwise.count() as f64 / self.pixels.len() as f64
    }

    /// Where it begins to differ from another, as far down as both go.
    pub fn differs(&self, other: &Self) -> Option<String> {
        if self.width != other.width {
            return Some(format!("{} pixels wide, the other {}", self.width, other.width));
        }
        self.first_difference(other, |_, _| true)
    }

    /// Where it begins to differ from another, but for these places.
    pub fn differs_outside(&self, other: &Self, places: &[Place]) -> Option<String> {
        assert_eq!((self.width, self.height()), (other.width, other.height()), "windows of one size");
        let inside = |place: &Place, x, y| (place.left..place.right).contains(&x) && (place.top..place.bottom).contains(&y);
        self.first_difference(other, |x, y| !places.iter().any(|place| inside(place, x, y)))
    }

    fn first_difference(&self, other: &Self, counts: impl Fn(usize, usize) -> bool) -> Option<String> {
        let at = |index: usize| (index % self.width, index / self.width);
        let differences = self.pixels.iter().zip(&other.pixels).enumerate().filter(|(index, (here, there))| {
            let (x, y) = at(*index);
            here != there && counts(x, y)
        });
        let places: Vec<usize> = differences.map(|(index, _)| index).collect();
        let first = *places.first()?;
        let (x, y) = at(first);
        Some(format!("{} pixels differ, the first at {x}, {y}: {:?} and {:?}", places.len(), self.pixels[first], other.pixels[first]))
    }

    fn height(&self) -> usize {
        self.pixels.len() / self.width
    }
}
