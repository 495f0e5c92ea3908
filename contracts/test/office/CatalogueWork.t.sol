// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICertificateCatalog} from "../../interfaces/ICertificateCatalog.sol";
import {AuthorityWork} from "./AuthorityWork.t.sol";

/// @title Certificate types are published and retired
abstract contract CatalogueWork is AuthorityWork {
    /// @dev Eight good codes and a malformed one.
    bytes21[9] private _types;
    mapping(bytes21 certificateType => ICertificateCatalog.CertificateType) private _typeBook;
    uint32 private _lastNumber;

    /// @notice What the catalogue's last number should be.
    uint64 public publications;

    constructor(bytes21[9] memory types) {
        _types = types;
        publications = catalog.sequence();
        for (uint256 i = 0; i < 8; i++) {
            _typeBook[types[i]] = catalog.typeOf(types[i]);
            if (_typeBook[types[i]].number > _lastNumber) _lastNumber = _typeBook[types[i]].number;
        }
    }

    function publish(uint256 who, uint256 which, uint256 where, bytes32 schemaHash) external {
        (uint256 code, uint24 region) = (which % 9, regions[where % 6]);
        bytes memory call = abi.encodeCall(
            catalog.publishType,
            (_types[code], region, _publication(schemaHash), "")
        );
        if (!_act(who, _mayPublish(code, region), address(catalog), call)) return;
        _published(code, region, schemaHash);
    }

    function publishTwo(uint256 who, uint256 which, uint256 other, uint256 where) external {
        (uint256 code, uint256 otherCode, uint24 region) = (
            which % 9,
            other % 9,
            regions[where % 6]
        );
        ICertificateCatalog.Order[] memory orders = new ICertificateCatalog.Order[](2);
        orders[0] = ICertificateCatalog.Order(_types[code], region, _publication("a"), "");
        orders[1] = ICertificateCatalog.Order(_types[otherCode], region, _publication("b"), "");
        uint256 allowed = _mayPublish(code, region) & _mayPublish(otherCode, region);
        bytes memory call = abi.encodeCall(catalog.publishTypes, (orders));
        if (!_act(who, allowed, address(catalog), call)) return;
        _enterPublication(code, region);
        _published(otherCode, region, "b");
        if (code != otherCode) _compareType(code, "a");
    }

    function retire(uint256 who, uint256 which) external {
        ICertificateCatalog.CertificateType storage entry = _typeBook[_types[which % 9]];
        bool isGood = entry.number != 0 && !entry.retired;
        bytes memory call = abi.encodeCall(catalog.retireType, (_types[which % 9], ""));
        uint256 allowed = isGood ? _authoritiesOver(entry.region) : 0;
        if (!_act(who, allowed, address(catalog), call)) return;
        entry.retired = true;
        publications++;
    }

    /// @dev Compares every type with the books.
    function _compareTypes() internal {
        for (uint256 i = 0; i < 9; i++) _compareEntry(i);
    }

    function _mayPublish(uint256 code, uint24 region) private view returns (uint256) {
        ICertificateCatalog.CertificateType storage entry = _typeBook[_types[code]];
        bool isFree = entry.number == 0 || entry.region == region;
        return code < 8 && isFree && !entry.retired ? _authoritiesOver(region) : 0;
    }

    function _published(uint256 code, uint24 region, bytes32 schemaHash) private {
        _enterPublication(code, region);
        _compareType(code, schemaHash);
    }

    function _enterPublication(uint256 code, uint24 region) private {
        ICertificateCatalog.CertificateType storage entry = _typeBook[_types[code]];
        if (entry.number == 0) (entry.number, entry.region) = (++_lastNumber, region);
        entry.latestVersion++;
        publications++;
    }

    function _compareType(uint256 code, bytes32 schemaHash) private {
        bytes21 certificateType = _types[code];
        uint16 version = _typeBook[certificateType].latestVersion;
        _expect(catalog.schemaHashOf(certificateType, version) == schemaHash);
        _expect(catalog.typeCodeOf(_typeBook[certificateType].number) == certificateType);
        _compareEntry(code);
    }

    function _compareEntry(uint256 code) private {
        _expect(
            keccak256(abi.encode(catalog.typeOf(_types[code]))) ==
                keccak256(abi.encode(_typeBook[_types[code]]))
        );
    }

    function _publication(
        bytes32 schemaHash
    ) private pure returns (ICertificateCatalog.Publication memory publication) {
        publication.schemaHash = schemaHash;
    }
}
