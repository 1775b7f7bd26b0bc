// Runs the C++ core of pydensecrf as its DenseCRF2D does, once for each line of standard input, and prints how many milliseconds it took.
// Arguments: a file with the problem, and one for the marginals of the last run. Both are written by, and for, pydensecrf.js beside this.
#include "densecrf.h"
#include "labelcompatibility.h"
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

struct Problem {
  int width, height, labels, iterations;
  float gaussianXyStd, gaussianWeight, bilateralXyStd, bilateralRgbStd, bilateralWeight;
};

static MatrixXf infer(const Problem &p, const std::vector<unsigned char> &image, const MatrixXf &unary) {
  DenseCRF2D crf(p.width, p.height, p.labels);
  crf.setUnaryEnergy(unary);
  crf.addPairwiseGaussian(p.gaussianXyStd, p.gaussianXyStd, new PottsCompatibility(p.gaussianWeight));
  const float xy = p.bilateralXyStd, rgb = p.bilateralRgbStd;
  crf.addPairwiseBilateral(xy, xy, rgb, rgb, rgb, image.data(), new PottsCompatibility(p.bilateralWeight));
  return crf.inference(p.iterations);
}

int main(int count, char **arguments) {
  std::FILE *file = count == 3 ? std::fopen(arguments[1], "rb") : nullptr;
  Problem problem;
  if (!file || std::fread(&problem, sizeof problem, 1, file) != 1) return 1;
  const size_t pixels = size_t(problem.width) * problem.height;
  std::vector<unsigned char> image(3 * pixels);
  MatrixXf unary(problem.labels, pixels), marginals;
  if (std::fread(image.data(), 1, image.size(), file) != image.size()) return 1;
  if (std::fread(unary.data(), sizeof(float), unary.size(), file) != size_t(unary.size())) return 1;
  std::fclose(file);
  for (std::string line; std::getline(std::cin, line);) {
    const auto start = std::chrono::steady_clock::now();
    marginals = infer(problem, image, unary);
    const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
    std::cout << wall.count() << std::endl;
  }
  file = std::fopen(arguments[2], "wb");
  return file && std::fwrite(marginals.data(), sizeof(float), marginals.size(), file) == size_t(marginals.size()) ? 0 : 1;
}
